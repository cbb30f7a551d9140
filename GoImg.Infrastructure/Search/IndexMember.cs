using GoImg.Core.Accounts;
using GoImg.Core.Images;
using GoImg.Core.Jobs;
using GoImg.Core.Shared;
using GoImg.Infrastructure.Database;
using Microsoft.EntityFrameworkCore;

namespace GoImg.Infrastructure.Search;

/// <summary>A member has another name, or is in good standing no more or again: all their images, in batches.</summary>
public sealed record IndexMemberJob(MemberId MemberId, ImageId? After = null) : IJob
{
    public static string Kind => "search.member";
}

internal sealed class IndexMember(GoImgDbContext db, SearchIndex index, IJobQueue jobs, IUnitOfWork unitOfWork) : IJobHandler<IndexMemberJob>
{
    public const int BatchSize = 500;

    public async Task<JobOutcome> HandleAsync(IndexMemberJob job, JobAttempt attempt, CancellationToken cancellationToken)
    {
        var after = (job.After ?? new ImageId(Guid.Empty)).Value;
        var ids = await db
            .Database.SqlQuery<Guid>(
                $"SELECT id AS \"Value\" FROM images WHERE owner_id = {job.MemberId.Value} AND id > {after} ORDER BY id LIMIT {BatchSize}"
            )
            .ToListAsync(cancellationToken);
        var batch = ids.ConvertAll(id => new ImageId(id));
        await index.UpdateAsync(batch, cancellationToken);
        if (batch.Count == BatchSize)
            jobs.Enqueue(job with { After = batch[^1] });
        return JobOutcome.Of(await unitOfWork.CommitAsync(cancellationToken));
    }
}
