using GoImg.Core.Accounts;
using GoImg.Core.Images;
using GoImg.Core.Social;
using GoImg.Infrastructure.Database;
using Microsoft.EntityFrameworkCore;

namespace GoImg.Infrastructure.Social;

internal sealed class LikeRepository(GoImgDbContext db, TimeProvider clock) : ILikes
{
    // One statement each: the count moves exactly when the row does, however many ask at once.
    public async Task<int> AddAsync(ImageId image, MemberId member, CancellationToken cancellationToken)
    {
        await InTransactionAsync(cancellationToken);
        var counts = await db
            .Database.SqlQuery<int>(
                $"""
                WITH added AS (
                    INSERT INTO likes (image_id, member_id, created_at) VALUES ({image.Value}, {member.Value}, {clock.GetUtcNow()}) ON CONFLICT DO NOTHING RETURNING 1)
                UPDATE image_counters SET likes = likes + (SELECT count(*)::int FROM added) WHERE image_id = {image.Value} RETURNING likes AS "Value"
                """
            )
            .ToListAsync(cancellationToken);
        return counts.Single();
    }

    public async Task<int> RemoveAsync(ImageId image, MemberId member, CancellationToken cancellationToken)
    {
        await InTransactionAsync(cancellationToken);
        var counts = await db
            .Database.SqlQuery<int>(
                $"""
                WITH removed AS (
                    DELETE FROM likes WHERE image_id = {image.Value} AND member_id = {member.Value} RETURNING 1)
                UPDATE image_counters SET likes = likes - (SELECT count(*)::int FROM removed) WHERE image_id = {image.Value} RETURNING likes AS "Value"
                """
            )
            .ToListAsync(cancellationToken);
        return counts.Single();
    }

    private async Task InTransactionAsync(CancellationToken cancellationToken)
    {
        if (db.Database.CurrentTransaction is null)
            await db.Database.BeginTransactionAsync(cancellationToken);
    }
}
