using System.Text.Json;
using GoImg.Core.Accounts;
using GoImg.Core.Albums;
using GoImg.Core.Images;
using GoImg.Core.Moderation;
using GoImg.Core.Notifications;
using GoImg.Core.Social;
using GoImg.Infrastructure.Albums;
using GoImg.Infrastructure.Database;
using GoImg.Infrastructure.Social;
using Microsoft.EntityFrameworkCore;

namespace GoImg.Infrastructure.Export;

internal sealed class ProfilePart(GoImgDbContext db) : IExportPart
{
    public string Name => "profile";

    public async Task<int> WriteAsync(Actor owner, DateTimeOffset asOf, Stream json, CancellationToken cancellationToken)
    {
        var me = await db.Members.AsNoTracking().SingleAsync(m => m.Id == owner.MemberId, cancellationToken);
        await JsonSerializer.SerializeAsync(
            json,
            new
            {
                Id = me.Id.Value,
                Username = me.Username.Value,
                me.DisplayName,
                me.Bio,
                Role = me.Role,
                me.CreatedAt,
            },
            ExportJson.Options,
            cancellationToken
        );
        return 1;
    }
}

internal sealed class SettingsPart(GoImgDbContext db) : IExportPart
{
    public string Name => "settings";

    public async Task<int> WriteAsync(Actor owner, DateTimeOffset asOf, Stream json, CancellationToken cancellationToken)
    {
        var me = await db.Members.AsNoTracking().SingleAsync(m => m.Id == owner.MemberId, cancellationToken);
        var sessions = await db.Set<Session>()
            .AsNoTracking()
            .Where(s => s.MemberId == me.Id && s.RevokedAt == null && s.ExpiresAt > asOf)
            .OrderBy(s => s.CreatedAt)
            .Select(s => new
            {
                s.Kind,
                s.UserAgent,
                s.Address,
                s.CreatedAt,
                s.LastSeenAt,
            })
            .ToListAsync(cancellationToken);
        await JsonSerializer.SerializeAsync(json, new { Email = me.Email.Value, Sessions = sessions }, ExportJson.Options, cancellationToken);
        return 1;
    }
}

/// <summary>What may act for the member. Secrets are nowhere to be had.</summary>
internal sealed class AccessTokensPart(GoImgDbContext db) : ExportList
{
    public override string Name => "access_tokens";

    protected override async Task<List<ExportRow>> ReadAsync(
        MemberId owner,
        DateTimeOffset asOf,
        Guid after,
        int take,
        CancellationToken cancellationToken
    )
    {
        var id = new PersonalAccessTokenId(after);
        var tokens = await db.Set<PersonalAccessToken>()
            .AsNoTracking()
            .Where(t => t.MemberId == owner && t.CreatedAt <= asOf && EF.Functions.GreaterThan(ValueTuple.Create(t.Id), ValueTuple.Create(id)))
            .OrderBy(t => t.Id)
            .Take(take)
            .ToListAsync(cancellationToken);
        return tokens.ConvertAll(t => new ExportRow(
            t.Id.Value,
            new
            {
                Id = t.Id.Value,
                t.Name,
                t.Scopes,
                t.CreatedAt,
                t.ExpiresAt,
                t.LastUsedAt,
            }
        ));
    }
}

internal sealed class ImagesPart(GoImgDbContext db) : ExportList
{
    public override string Name => "images";

    protected override async Task<List<ExportRow>> ReadAsync(
        MemberId owner,
        DateTimeOffset asOf,
        Guid after,
        int take,
        CancellationToken cancellationToken
    )
    {
        var images = await db.ExportedImages(owner, asOf, after, take).ToListAsync(cancellationToken);
        return images.ConvertAll(i => new ExportRow(
            i.Id.Value,
            new
            {
                Id = i.Id.Value,
                i.Slug,
                i.Title,
                i.Description,
                i.AltText,
                i.Tags,
                i.Visibility,
                i.Rating,
                i.AllowsDownload,
                Camera = ExportedCamera.Of(i.Camera),
                i.CameraShown,
                Crc32 = i.Crc32 is { } checksum ? checksum.ToString("x8", System.Globalization.CultureInfo.InvariantCulture) : null,
                i.State,
                i.FailureReason,
                i.ModerationReason,
                i.FileName,
                Original = ZipExport.NameOf(i),
                MediaType = Core.Rendering.ImageFormats.MediaType(i.Format),
                i.SizeBytes,
                Sha256 = Convert.ToHexStringLower(i.Sha256),
                i.WidthPx,
                i.HeightPx,
                i.Frames,
                i.CreatedAt,
                i.DeletedAt,
            }
        ));
    }
}

/// <summary>Camera data as they are exported: all of it, for it goes to the owner.</summary>
internal sealed record ExportedCamera(
    string? Make,
    string? Model,
    string? Lens,
    DateTimeOffset? TakenAt,
    int? OffsetMinutes,
    double? ExposureSeconds,
    double? FNumber,
    int? Iso,
    double? FocalLengthMm,
    int? FocalLength35Mm,
    CameraPlace? Place
)
{
    /// <summary>Null when nothing is known.</summary>
    public static ExportedCamera? Of(CameraData camera) =>
        camera.IsEmpty
            ? null
            : new(
                camera.Make,
                camera.Model,
                camera.Lens,
                camera.TakenAtLocally,
                camera.Details.OffsetMinutes,
                camera.Details.ExposureSeconds,
                camera.Details.FNumber,
                camera.Details.Iso,
                camera.Details.FocalLengthMm,
                camera.Details.FocalLength35Mm,
                camera.Details.Place
            );
}

internal sealed class AlbumsPart(GoImgDbContext db) : ExportList
{
    public override string Name => "albums";

    protected override async Task<List<ExportRow>> ReadAsync(
        MemberId owner,
        DateTimeOffset asOf,
        Guid after,
        int take,
        CancellationToken cancellationToken
    )
    {
        var id = new AlbumId(after);
        var albums = await db.Set<Album>()
            .AsNoTracking()
            .Where(a => a.OwnerId == owner && a.CreatedAt <= asOf && EF.Functions.GreaterThan(ValueTuple.Create(a.Id), ValueTuple.Create(id)))
            .OrderBy(a => a.Id)
            .Take(take)
            .Select(a => new
            {
                Album = a,
                Cover = db.Images.Where(i => i.Id == a.CoverId).Select(i => i.Slug).FirstOrDefault(),
                Images = db.Set<AlbumImage>()
                    .Where(x => x.AlbumId == a.Id)
                    .OrderBy(x => x.Position)
                    .ThenBy(x => x.ImageId)
                    .Select(x => db.Images.Where(i => i.Id == x.ImageId).Select(i => i.Slug).First())
                    .ToList(),
            })
            .ToListAsync(cancellationToken);
        return albums.ConvertAll(a => new ExportRow(
            a.Album.Id.Value,
            new
            {
                Id = a.Album.Id.Value,
                a.Album.Slug,
                a.Album.Title,
                a.Album.Description,
                a.Album.Visibility,
                a.Album.Order,
                a.Cover,
                a.Images,
                a.Album.CreatedAt,
            }
        ));
    }
}

internal sealed class CommentsPart(GoImgDbContext db) : ExportList
{
    public override string Name => "comments";

    protected override async Task<List<ExportRow>> ReadAsync(
        MemberId owner,
        DateTimeOffset asOf,
        Guid after,
        int take,
        CancellationToken cancellationToken
    )
    {
        var id = new CommentId(after);
        var comments = await db.Set<Comment>()
            .AsNoTracking()
            .Where(c =>
                c.AuthorId == owner
                && c.DeletedAt == null
                && c.CreatedAt <= asOf
                && EF.Functions.GreaterThan(ValueTuple.Create(c.Id), ValueTuple.Create(id))
            )
            .OrderBy(c => c.Id)
            .Take(take)
            .Select(c => new
            {
                c.Id,
                c.Words,
                c.CreatedAt,
                c.EditedAt,
                Image = c.Image.Slug,
            })
            .ToListAsync(cancellationToken);
        return comments.ConvertAll(c => new ExportRow(
            c.Id.Value,
            new
            {
                Id = c.Id.Value,
                c.Image,
                Text = c.Words,
                c.CreatedAt,
                c.EditedAt,
            }
        ));
    }
}

internal sealed class LikesPart(GoImgDbContext db) : ExportList
{
    public override string Name => "likes";

    protected override async Task<List<ExportRow>> ReadAsync(
        MemberId owner,
        DateTimeOffset asOf,
        Guid after,
        int take,
        CancellationToken cancellationToken
    )
    {
        var id = new ImageId(after);
        var likes = await db.Set<Like>()
            .AsNoTracking()
            .Where(l => l.MemberId == owner && l.CreatedAt <= asOf && EF.Functions.GreaterThan(ValueTuple.Create(l.ImageId), ValueTuple.Create(id)))
            .OrderBy(l => l.ImageId)
            .Take(take)
            .Select(l => new
            {
                l.ImageId,
                l.CreatedAt,
                Image = db.Images.Where(i => i.Id == l.ImageId).Select(i => i.Slug).First(),
            })
            .ToListAsync(cancellationToken);
        return likes.ConvertAll(l => new ExportRow(l.ImageId.Value, new { l.Image, l.CreatedAt }));
    }
}

/// <summary>What the member reported.</summary>
internal sealed class ReportsPart(GoImgDbContext db) : ExportList
{
    public override string Name => "reports";

    protected override async Task<List<ExportRow>> ReadAsync(
        MemberId owner,
        DateTimeOffset asOf,
        Guid after,
        int take,
        CancellationToken cancellationToken
    )
    {
        var id = new ReportId(after);
        var reports = await db.Set<Report>()
            .AsNoTracking()
            .Where(r => r.ReporterId == owner && r.CreatedAt <= asOf && EF.Functions.GreaterThan(ValueTuple.Create(r.Id), ValueTuple.Create(id)))
            .OrderBy(r => r.Id)
            .Take(take)
            .ToListAsync(cancellationToken);
        // Without the evidence: that is what others wrote.
        return reports.ConvertAll(r => new ExportRow(
            r.Id.Value,
            new
            {
                Id = r.Id.Value,
                Kind = r.SubjectKind,
                About = r.SubjectId,
                r.Reason,
                Description = r.Words,
                r.CreatedAt,
            }
        ));
    }
}

/// <summary>What moderators told the member.</summary>
internal sealed class DecisionsPart(GoImgDbContext db) : ExportList
{
    public override string Name => "decisions";

    protected override async Task<List<ExportRow>> ReadAsync(
        MemberId owner,
        DateTimeOffset asOf,
        Guid after,
        int take,
        CancellationToken cancellationToken
    )
    {
        var id = new NotificationId(after);
        var notifications = await db.Set<Notification>()
            .AsNoTracking()
            .Where(n => n.MemberId == owner && n.At <= asOf && EF.Functions.GreaterThan(ValueTuple.Create(n.Id), ValueTuple.Create(id)))
            .OrderBy(n => n.Id)
            .Take(take)
            .ToListAsync(cancellationToken);
        return notifications.ConvertAll(n => new ExportRow(
            n.Id.Value,
            new
            {
                n.Kind,
                Text = NotificationText.Of(n.Kind, n.Data, n.Text),
                n.At,
                n.ReadAt,
            }
        ));
    }
}

internal static class ExportQueries
{
    /// <summary>The owner's images of every state, by id; the JSON and the originals are the same images.</summary>
    public static IQueryable<Image> ExportedImages(this GoImgDbContext db, MemberId owner, DateTimeOffset asOf, Guid after, int take)
    {
        var id = new ImageId(after);
        return db
            .Images.AsNoTracking()
            .Where(i => i.OwnerId == owner && i.CreatedAt <= asOf && EF.Functions.GreaterThan(ValueTuple.Create(i.Id), ValueTuple.Create(id)))
            .OrderBy(i => i.Id)
            .Take(take);
    }
}
