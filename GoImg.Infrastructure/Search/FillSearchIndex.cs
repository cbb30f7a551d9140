using GoImg.Core.Images;
using GoImg.Core.Jobs;
using GoImg.Core.Search;
using GoImg.Core.Shared;
using GoImg.Infrastructure.Database;
using Microsoft.EntityFrameworkCore;

namespace GoImg.Infrastructure.Search;

/// <summary>Images that are not in the index or were written by an older <see cref="SearchDocument.Revision"/>, a batch at a time, behind everything else.</summary>
public sealed record FillSearchIndexJob(ImageId? After = null) : IJob
{
    public static string Kind => "search.fill";
}

internal sealed class FillSearchIndex(GoImgDbContext db, SearchIndex index, IJobQueue jobs, IUnitOfWork unitOfWork) : IJobHandler<FillSearchIndexJob>
{
    public const int BatchSize = 500;

    public async Task<JobOutcome> HandleAsync(FillSearchIndexJob job, JobAttempt attempt, CancellationToken cancellationToken)
    {
        var after = (job.After ?? new ImageId(Guid.Empty)).Value;
        var ids = await db
            .Database.SqlQuery<Guid>(
                $"""
                SELECT id AS "Value" FROM images
                WHERE id > {after} AND NOT EXISTS (SELECT FROM image_search WHERE image_id = id AND revision = {SearchDocument.Revision})
                ORDER BY id LIMIT {BatchSize}
                """
            )
            .ToListAsync(cancellationToken);
        var batch = ids.ConvertAll(id => new ImageId(id));
        if (batch.Count == 0)
            return new JobOutcome.Done();

        await index.UpdateAsync(batch, cancellationToken);
        if (batch.Count == BatchSize)
            jobs.Enqueue(new FillSearchIndexJob(batch[^1]), new JobOptions(Priority: JobPriority.Low));
        return JobOutcome.Of(await unitOfWork.CommitAsync(cancellationToken));
    }
}
