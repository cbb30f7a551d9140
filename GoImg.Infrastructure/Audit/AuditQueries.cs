using GoImg.Core.Accounts;
using GoImg.Core.Albums;
using GoImg.Core.Audit;
using GoImg.Core.Images;
using GoImg.Core.Shared;
using GoImg.Infrastructure.Database;
using Microsoft.EntityFrameworkCore;

namespace GoImg.Infrastructure.Audit;

internal sealed class AuditQueries(GoImgDbContext db) : IAuditQueries
{
    public async Task<Result<Page<AuditRow>>> SearchAsync(
        Actor actor,
        AuditFilter filter,
        Cursor? after,
        int take,
        CancellationToken cancellationToken
    )
    {
        if (!actor.IsAdmin)
            return new NotFound("page");

        var entries = db.Set<AuditEntry>().AsNoTracking();
        if (!string.IsNullOrEmpty(filter.Action))
            entries = entries.Where(e => e.Action == filter.Action);
        if (filter.From is { } from)
        {
            var start = new DateTimeOffset(from, TimeOnly.MinValue, TimeSpan.Zero);
            entries = entries.Where(e => e.At >= start);
        }

        // The last day there is has no day after it.
        if (filter.To is { } to && to < DateOnly.MaxValue)
        {
            var end = new DateTimeOffset(to.AddDays(1), TimeOnly.MinValue, TimeSpan.Zero);
            entries = entries.Where(e => e.At < end);
        }

        if (!string.IsNullOrWhiteSpace(filter.By))
        {
            var key = Username.KeyOf(filter.By.Trim());
            entries = entries.Where(e => db.Members.Any(m => m.UsernameKey == key && m.Id == e.ActorId));
        }

        if (!string.IsNullOrWhiteSpace(filter.Text))
        {
            var pattern = LikePattern.Containing(filter.Text.Trim());
            entries = entries.Where(e =>
                EF.Functions.ILike(e.SubjectId, pattern, LikePattern.Escape)
                || EF.Functions.ILike(e.Before!, pattern, LikePattern.Escape)
                || EF.Functions.ILike(e.After!, pattern, LikePattern.Escape)
            );
        }

        var page = await entries.NewestFirst(e => e.At, e => e.Id, after, id => id).Take(take + 1).ToListAsync(cancellationToken);
        var names = await NamesAsync(page, cancellationToken);
        var rows = page.ConvertAll(e => new AuditRow(
            e.Id,
            e.At,
            e.ActorId,
            e.ActorId is { } id ? names.GetValueOrDefault(id.Value) : null,
            e.BySystem,
            e.Address,
            e.Action,
            e.SubjectKind,
            e.SubjectId,
            Guid.TryParse(e.SubjectId, out var subject) ? names.GetValueOrDefault(subject) : null,
            e.Before,
            e.After
        ));
        return Page<AuditRow>.Cut(rows, take, r => new Cursor(r.At, r.Id));
    }

    // Names of the members and titles of the images and albums that a page speaks of, in three look-ups whatever its length.
    private async Task<Dictionary<Guid, string>> NamesAsync(List<AuditEntry> page, CancellationToken cancellationToken)
    {
        var subjects = page.ToLookup(e => e.SubjectKind, e => Guid.TryParse(e.SubjectId, out var id) ? id : Guid.Empty);
        var members = page.Where(e => e.ActorId is not null)
            .Select(e => e.ActorId!.Value)
            .Concat(subjects["member"].Select(id => new MemberId(id)))
            .Distinct()
            .ToList();
        var images = subjects["image"].Distinct().Select(id => new Core.Images.ImageId(id)).ToList();
        var names = await db
            .Members.AsNoTracking()
            .Where(m => members.Contains(m.Id))
            .Select(m => new { m.Id, m.Username })
            .ToDictionaryAsync(m => m.Id.Value, m => m.Username.Value, cancellationToken);
        foreach (
            var image in await db
                .Images.AsNoTracking()
                .Where(i => images.Contains(i.Id))
                .Select(i => new { i.Id, i.Title })
                .ToListAsync(cancellationToken)
        )
            names[image.Id.Value] = ImageTitle.Shown(image.Title);
        var albums = subjects["album"].Distinct().Select(id => new AlbumId(id)).ToList();
        if (albums.Count == 0)
            return names;

        foreach (
            var album in await db.Set<Album>()
                .AsNoTracking()
                .Where(a => albums.Contains(a.Id))
                .Select(a => new { a.Id, a.Title })
                .ToListAsync(cancellationToken)
        )
            names[album.Id.Value] = album.Title;
        return names;
    }
}
