using GoImg.Core.Images;
using GoImg.Core.Social;
using GoImg.Infrastructure.Database;
using Microsoft.EntityFrameworkCore;

namespace GoImg.Infrastructure.Social;

internal sealed class CommentRepository(GoImgDbContext db) : IComments
{
    public Task AddAsync(Comment comment, CancellationToken cancellationToken)
    {
        db.Add(comment);
        return ChangeAsync(comment.ImageId, +1, cancellationToken);
    }

    public Task<Comment?> FindAsync(CommentId id, CancellationToken cancellationToken) =>
        db.Set<Comment>()
            .Include(c => c.Author)
            .Include(c => c.Image)
                .ThenInclude(i => i.Owner)
            .SingleOrDefaultAsync(c => c.Id == id, cancellationToken);

    public Task CountAsync(Comment comment, int change, CancellationToken cancellationToken) =>
        CommentAccess.IsOfVisibleAuthor(comment) ? ChangeAsync(comment.ImageId, change, cancellationToken) : Task.CompletedTask;

    private async Task ChangeAsync(ImageId image, int change, CancellationToken cancellationToken)
    {
        await db.EnsureTransactionAsync(cancellationToken);
        await db.Database.ExecuteSqlAsync(
            $"UPDATE image_counters SET comments = comments + {change} WHERE image_id = {image.Value}",
            cancellationToken
        );
    }
}
