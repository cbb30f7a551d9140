using GoImg.Core.Accounts;
using GoImg.Core.Events;
using GoImg.Core.Images;
using GoImg.Core.Social;
using GoImg.Infrastructure.Database;
using GoImg.Infrastructure.Events;
using Microsoft.EntityFrameworkCore;

namespace GoImg.Infrastructure.Social;

internal sealed class LikeRepository(GoImgDbContext db, RecordedEvents events, TimeProvider clock) : ILikes
{
    // One statement each: the count moves exactly when the row does, however many ask at once.
    public async Task<int> AddAsync(ImageId image, MemberId member, CancellationToken cancellationToken)
    {
        await db.EnsureTransactionAsync(cancellationToken);
        var changed = await db
            .Database.SqlQuery<Changed>(
                $"""
                WITH added AS (
                    INSERT INTO likes (image_id, member_id, created_at) VALUES ({image.Value}, {member.Value}, {clock.GetUtcNow()}) ON CONFLICT DO NOTHING RETURNING 1)
                UPDATE image_counters SET likes = likes + (SELECT count(*)::int FROM added) WHERE image_id = {image.Value} RETURNING likes AS "Count", EXISTS (SELECT FROM added) AS "IsChanged"
                """
            )
            .ToListAsync(cancellationToken);
        return Settle(changed.Single(), new ImageLiked(image, member));
    }

    public async Task<int> RemoveAsync(ImageId image, MemberId member, CancellationToken cancellationToken)
    {
        await db.EnsureTransactionAsync(cancellationToken);
        var changed = await db
            .Database.SqlQuery<Changed>(
                $"""
                WITH removed AS (
                    DELETE FROM likes WHERE image_id = {image.Value} AND member_id = {member.Value} RETURNING 1)
                UPDATE image_counters SET likes = likes - (SELECT count(*)::int FROM removed) WHERE image_id = {image.Value} RETURNING likes AS "Count", EXISTS (SELECT FROM removed) AS "IsChanged"
                """
            )
            .ToListAsync(cancellationToken);
        return Settle(changed.Single(), new ImageUnliked(image, member));
    }

    private int Settle(Changed changed, DomainEvent happened)
    {
        if (changed.IsChanged)
            events.Add(happened);
        return changed.Count;
    }

    private sealed record Changed(int Count, bool IsChanged);
}
