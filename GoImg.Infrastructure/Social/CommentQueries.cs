using GoImg.Core.Accounts;
using GoImg.Core.Images;
using GoImg.Core.Shared;
using GoImg.Core.Social;
using GoImg.Infrastructure.Database;
using Microsoft.EntityFrameworkCore;

namespace GoImg.Infrastructure.Social;

internal sealed class CommentQueries(GoImgDbContext db, TimeProvider clock) : ICommentQueries
{
    public async Task<Page<CommentView>> ByImageAsync(Actor actor, ImageId image, PageRequest page, CancellationToken cancellationToken)
    {
        var comments = Visible(actor).Where(c => c.ImageId == image);
        var rows = await comments
            .NewestFirst(c => c.CreatedAt, c => c.Id, page.After, id => new CommentId(id))
            .Skip(page.Skip)
            .Take(page.Take + 1)
            .ToListAsync(cancellationToken);
        return await Page<CommentView>
            .Cut([.. rows.Select(c => View(actor, c))], page.Take, c => new Cursor(c.CreatedAt, c.Id.Value))
            .CountedAsync(comments, page, cancellationToken);
    }

    public async Task<CommentView?> FindAsync(Actor actor, CommentId id, CancellationToken cancellationToken) =>
        await Visible(actor).SingleOrDefaultAsync(c => c.Id == id, cancellationToken) is { } comment ? View(actor, comment) : null;

    private IQueryable<Comment> Visible(Actor actor) =>
        db.Set<Comment>()
            .AsNoTracking()
            .Include(c => c.Author)
            .Include(c => c.Image)
            .Where(c =>
                c.DeletedAt == null
                && (c.Author == null || c.Author.Status == MemberStatus.Active)
                && db.Images.Where(ImageAccess.Openable(actor)).Any(i => i.Id == c.ImageId)
            );

    private CommentView View(Actor actor, Comment comment) =>
        new()
        {
            Id = comment.Id,
            ImageId = comment.ImageId,
            AuthorId = comment.AuthorId,
            AuthorUsername = comment.Author?.Username.Value,
            AuthorName = comment.Author?.ShownName,
            Words = comment.Words,
            CreatedAt = comment.CreatedAt,
            EditedAt = comment.EditedAt,
            Version = comment.Version,
            CanEdit = CommentAccess.CanEdit(actor, comment, clock.GetUtcNow()),
            CanDelete = actor.IsSignedIn && CommentAccess.CanDelete(actor, comment),
        };
}
