using GoImg.Core.Images;
using GoImg.Core.Jobs;
using GoImg.Core.Shared;

namespace GoImg.Infrastructure.Search;

/// <summary>After something happened to it.</summary>
public sealed record IndexImageJob(ImageId ImageId) : IJob
{
    public static string Kind => "search.image";
}

internal sealed class IndexImage(SearchIndex index, IUnitOfWork unitOfWork) : IJobHandler<IndexImageJob>
{
    public async Task<JobOutcome> HandleAsync(IndexImageJob job, JobAttempt attempt, CancellationToken cancellationToken)
    {
        await index.UpdateAsync([job.ImageId], cancellationToken);
        return JobOutcome.Of(await unitOfWork.CommitAsync(cancellationToken));
    }
}
