using GoImg.Core.Accounts;
using GoImg.Core.Images;
using GoImg.Core.Jobs;
using GoImg.Core.Shared;
using GoImg.Infrastructure.Database;
using Microsoft.EntityFrameworkCore;

namespace GoImg.Infrastructure.Social;

/// <summary>A member is in good standing no more, or again: the likes and comments of what they liked or commented on are counted anew, in batches.</summary>
public sealed record RecountMemberJob(MemberId MemberId, ImageId? After = null) : IJob
{
    public static string Kind => "social.recount";
}

internal sealed class RecountMember(GoImgDbContext db, IJobQueue jobs, IUnitOfWork unitOfWork) : IJobHandler<RecountMemberJob>
{
    public const int BatchSize = 200;

    public async Task<JobOutcome> HandleAsync(RecountMemberJob job, JobAttempt attempt, CancellationToken cancellationToken)
    {
        var (member, after) = (job.MemberId.Value, (job.After ?? new ImageId(Guid.Empty)).Value);
        var ids = await db
            .Database.SqlQuery<Guid>(
                $"""
                SELECT image_id AS "Value" FROM (
                    SELECT image_id FROM likes WHERE member_id = {member} AND image_id > {after}
                    UNION
                    SELECT image_id FROM comments WHERE author_id = {member} AND deleted_at IS NULL AND image_id > {after}
                ) touched ORDER BY image_id LIMIT {BatchSize}
                """
            )
            .ToListAsync(cancellationToken);

        // Locked by a statement of its own: what is counted next includes all that was counted in before, and what comes later waits.
        await db.EnsureTransactionAsync(cancellationToken);
        await db.Database.ExecuteSqlAsync(
            $"SELECT 1 FROM image_counters WHERE image_id = ANY ({ids}) ORDER BY image_id FOR UPDATE",
            cancellationToken
        );
        await db.Database.ExecuteSqlAsync(
            $"""
            UPDATE image_counters c SET
                likes = (
                    SELECT count(*) FROM likes l JOIN members m ON m.id = l.member_id WHERE l.image_id = c.image_id AND m.status = 'Active'),
                comments = (
                    SELECT count(*) FROM comments k LEFT JOIN members m ON m.id = k.author_id
                    WHERE k.image_id = c.image_id AND k.deleted_at IS NULL AND (k.author_id IS NULL OR m.status = 'Active'))
            WHERE image_id = ANY ({ids})
            """,
            cancellationToken
        );
        if (ids.Count == BatchSize)
            jobs.Enqueue(job with { After = new ImageId(ids[^1]) });
        return JobOutcome.Of(await unitOfWork.CommitAsync(cancellationToken));
    }
}
