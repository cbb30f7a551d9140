using GoImg.Core.Accounts;
using GoImg.Core.Albums;
using GoImg.Core.Images;
using GoImg.Core.Moderation;
using GoImg.Core.Social;
using GoImg.Infrastructure.Database;
using Microsoft.EntityFrameworkCore;

namespace GoImg.Infrastructure.Moderation;

/// <summary>Subjects of all kinds as staff see them, each look at what is not public noted; who may ask is checked by the caller.</summary>
internal sealed class SubjectPreviews(
    GoImgDbContext db,
    IImageQueries images,
    IAlbumQueries albums,
    StaffViews imageViews,
    AlbumStaffViews albumViews
)
{
    /// <summary>Those that are there, with whose they are. A query or two for each kind, however many there are.</summary>
    public async Task<IReadOnlyDictionary<ModerationSubject, (SubjectPreview Preview, MemberId? Owner)>> OfAsync(
        Actor actor,
        IReadOnlyCollection<ModerationSubject> subjects,
        CancellationToken cancellationToken
    )
    {
        var found = new Dictionary<ModerationSubject, (SubjectPreview, MemberId?)>();
        var comments = await CommentsAsync([.. subjects.Select(s => s.CommentId).OfType<CommentId>()], cancellationToken);
        var views = await ImagesAsync(
            actor,
            [.. subjects.Select(s => s.ImageId).OfType<ImageId>().Concat(comments.Select(c => c.ImageId)).Distinct()],
            cancellationToken
        );
        await imageViews.AuditPrivateViewsAsync(actor, views.Values, cancellationToken);
        foreach (var view in subjects.Select(s => s.ImageId).OfType<ImageId>().Where(views.ContainsKey).Select(id => views[id]))
            found[ModerationSubject.Of(view.Tile.Id)] = (new ImagePreview(view), view.OwnerId);
        foreach (var comment in comments)
            found[ModerationSubject.Of(comment.Id)] = (Preview(comment, views[comment.ImageId]), comment.AuthorId);
        await AddAlbumsAsync(actor, found, [.. subjects.Select(s => s.AlbumId).OfType<AlbumId>()], cancellationToken);
        await AddMembersAsync(found, [.. subjects.Select(s => s.MemberId).OfType<MemberId>()], cancellationToken);
        return found;
    }

    private static CommentPreview Preview(Comment comment, ImageView image) =>
        new(
            comment.Id,
            comment.Words,
            comment.AuthorId,
            comment.Author?.ShownName,
            comment.CreatedAt,
            comment is { DeletedAt: not null, IsRemoved: false },
            comment.IsRemoved,
            image
        );

    private async Task<IReadOnlyList<Comment>> CommentsAsync(List<CommentId> ids, CancellationToken cancellationToken) =>
        ids.Count == 0
            ? []
            : await db.Set<Comment>().AsNoTracking().Include(c => c.Author).Where(c => ids.Contains(c.Id)).ToListAsync(cancellationToken);

    private async Task<IReadOnlyDictionary<ImageId, ImageView>> ImagesAsync(Actor actor, List<ImageId> ids, CancellationToken cancellationToken) =>
        ids.Count == 0 ? new Dictionary<ImageId, ImageView>() : await images.FindAllAsync(actor, ids, cancellationToken);

    private async Task AddAlbumsAsync(
        Actor actor,
        Dictionary<ModerationSubject, (SubjectPreview, MemberId?)> found,
        List<AlbumId> ids,
        CancellationToken cancellationToken
    )
    {
        if (ids.Count == 0)
            return;

        var cards = await albums.FindAllAsync(ids, cancellationToken);
        var seen = await db.Set<Album>().AsNoTracking().Include(a => a.Owner).Where(a => ids.Contains(a.Id)).ToListAsync(cancellationToken);
        await albumViews.AuditAsync(actor, seen.Select(SeenAlbum.Of), cancellationToken);
        foreach (var album in seen)
        {
            if (cards.TryGetValue(album.Id, out var card))
                found[ModerationSubject.Of(album.Id)] = (
                    new AlbumPreview(card, album.Description, album.ModerationReason, album.Owner.ShownName),
                    album.OwnerId
                );
        }
    }

    private async Task AddMembersAsync(
        Dictionary<ModerationSubject, (SubjectPreview, MemberId?)> found,
        List<MemberId> ids,
        CancellationToken cancellationToken
    )
    {
        if (ids.Count == 0)
            return;

        foreach (var member in await db.Members.AsNoTracking().Where(m => ids.Contains(m.Id)).ToListAsync(cancellationToken))
            found[ModerationSubject.Of(member.Id)] = (new MemberPreview(member.Id, member.Username.Value, member.ShownName, member.Bio), member.Id);
    }
}
