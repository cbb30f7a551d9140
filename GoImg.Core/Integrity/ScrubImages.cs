using GoImg.Core.Images;
using GoImg.Core.Jobs;
using GoImg.Core.Storage;
using Microsoft.Extensions.Logging;

namespace GoImg.Core.Integrity;

public sealed record ScrubImagesJob : IJob
{
    public static string Kind => "images.scrub";
}

/// <summary>Reads every stored byte once in a while and compares it with what was stored: damage is found while a backup still has the
/// file. Renditions are made again; of a damaged original the staff are notified. Works a while at each run and goes on where it was.</summary>
public sealed partial class ScrubImages(
    IIntegrityRecords records,
    IScrubCheckpoints checkpoints,
    ObjectCheck objects,
    IImages images,
    DamagedOriginals originals,
    ScrubThrottle throttle,
    TimeProvider time,
    ILogger<ScrubImages> logger
) : IJobHandler<ScrubImagesJob>
{
    private const string WalkName = "scrub";
    private const int PageSize = 50;

    public async Task<JobOutcome> HandleAsync(ScrubImagesJob job, JobAttempt attempt, CancellationToken cancellationToken)
    {
        if (throttle.Interval == TimeSpan.Zero || await checkpoints.ResumeAsync(WalkName, throttle.Interval, cancellationToken) is not { } walk)
            return new JobOutcome.Done();

        try
        {
            var began = time.GetTimestamp();
            while (time.GetElapsedTime(began) < throttle.RunFor)
            {
                var page = await records.PageAsync(walk.After, PageSize, cancellationToken);
                if (page.Count == 0)
                {
                    await checkpoints.FinishAsync(WalkName, cancellationToken);
                    LogFinished(logger);
                    return new JobOutcome.Done();
                }

                foreach (var image in page)
                    await ScrubAsync(image, cancellationToken);
                walk = new ScrubCheckpoint(page[^1].Id);
                await checkpoints.SaveAsync(WalkName, walk, cancellationToken);
            }

            return new JobOutcome.Done();
        }
        catch (ObjectStoreUnavailableException down)
        {
            return new JobOutcome.Snooze(TimeSpan.FromMinutes(5), down.Message);
        }
    }

    private async Task ScrubAsync(StoredImage image, CancellationToken cancellationToken)
    {
        foreach (var promised in image.Promised)
        {
            var condition = await objects.HashAsync(promised, cancellationToken);
            await Task.Delay(throttle.RestAfter(promised.LengthBytes), time, cancellationToken);
            if (condition != ObjectCondition.Whole && await IsStillPromisedAsync(image, promised, cancellationToken))
                await MendAsync(image, promised, condition, cancellationToken);
            else if (promised.IsOriginal && image.IsDamaged)
                await originals.ClearAsync(image.Id, cancellationToken);
        }
    }

    // It may have been rendered again, quarantined or purged while its bytes were read.
    private async Task<bool> IsStillPromisedAsync(StoredImage image, PromisedObject promised, CancellationToken cancellationToken) =>
        (await records.FindAsync([image.Id], cancellationToken)).TryGetValue(image.Id, out var now) && now.Promised.Contains(promised);

    private async Task MendAsync(StoredImage image, PromisedObject promised, ObjectCondition condition, CancellationToken cancellationToken)
    {
        if (promised.IsOriginal)
        {
            await originals.ReportAsync(
                image.Id,
                condition == ObjectCondition.Missing ? new ImageErrors.OriginalLost() : new ImageErrors.OriginalDamaged(),
                cancellationToken
            );
            return;
        }

        LogRendition(logger, promised.Key, condition);
        await images.WantRenditionsAsync(image.Id, image.RenditionSet, cancellationToken);
    }

    [LoggerMessage(LogLevel.Warning, "Rendition {Key} is {Condition}; the image is rendered again.")]
    private static partial void LogRendition(ILogger logger, ObjectKey key, ObjectCondition condition);

    [LoggerMessage(LogLevel.Information, "Every stored file was read and compared.")]
    private static partial void LogFinished(ILogger logger);
}

/// <summary>How fast the scrub reads.</summary>
/// <param name="Interval">Begins again so long after it last began; zero is never.</param>
/// <param name="BytesPerSecond">0 = as fast as the disk.</param>
/// <param name="RunFor">How long one run goes on before others have their turn.</param>
public sealed record ScrubThrottle(TimeSpan Interval, long BytesPerSecond, TimeSpan RunFor)
{
    public TimeSpan RestAfter(long bytes) => BytesPerSecond == 0 ? TimeSpan.Zero : TimeSpan.FromSeconds(bytes / (double)BytesPerSecond);
}

/// <summary>Where a walk over all images is.</summary>
/// <param name="After">The last image looked at; null at the beginning.</param>
public sealed record ScrubCheckpoint(ImageId? After);

/// <summary>Keeps walks over restarts. Saved at once, outside any unit of work.</summary>
public interface IScrubCheckpoints
{
    /// <summary>The walk that is under way; or a new one, when the last began longer ago than <paramref name="interval"/>; null when none is due.</summary>
    Task<ScrubCheckpoint?> ResumeAsync(string name, TimeSpan interval, CancellationToken cancellationToken);

    Task SaveAsync(string name, ScrubCheckpoint walk, CancellationToken cancellationToken);

    Task FinishAsync(string name, CancellationToken cancellationToken);
}
