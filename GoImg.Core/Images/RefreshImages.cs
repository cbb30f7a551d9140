using GoImg.Core.Jobs;
using GoImg.Core.Rendering;
using GoImg.Core.Scanning;
using GoImg.Core.Shared;

namespace GoImg.Core.Images;

public sealed record RefreshImagesJob : IJob
{
    public static string Kind => "images.refresh";
}

/// <summary>Finds what today's settings want otherwise and has it done in the background, a bounded number at a time and behind every upload.</summary>
public sealed class RefreshImages(
    IImageUpkeep upkeep,
    IMalwareScanner scanner,
    RenditionFingerprint fingerprint,
    IJobQueue jobs,
    IUnitOfWork unitOfWork
) : IJobHandler<RefreshImagesJob>
{
    /// <summary>As many as may wait at once: a queue of a million would only be in the way.</summary>
    public const int MaxWaiting = 500;

    public async Task<JobOutcome> HandleAsync(RefreshImagesJob job, JobAttempt attempt, CancellationToken cancellationToken)
    {
        foreach (var image in await upkeep.FindOutdatedAsync(fingerprint, withUnscanned: scanner.IsOn, MaxWaiting, cancellationToken))
            jobs.Enqueue(new RefreshImageJob(image), new JobOptions(Priority: JobPriority.Low));
        await unitOfWork.CommitAsync(cancellationToken);
        return new JobOutcome.Done();
    }
}

public interface IImageUpkeep
{
    /// <summary>Published images by another recipe or with originals read by an earlier version, and with <paramref name="withUnscanned"/> those never scanned; without those whose
    /// original is damaged or that have a job for it already. Together with the waiting jobs at most <paramref name="maxWaiting"/>.</summary>
    Task<IReadOnlyList<ImageId>> FindOutdatedAsync(
        RenditionFingerprint fingerprint,
        bool withUnscanned,
        int maxWaiting,
        CancellationToken cancellationToken
    );
}
