using System.Runtime.CompilerServices;
using GoImg.Core.Images;
using GoImg.Core.Jobs;
using GoImg.Core.Storage;
using Microsoft.Extensions.Logging;

namespace GoImg.Core.Integrity;

public sealed record SweepImagesJob : IJob
{
    public static string Kind => "images.sweep";
}

/// <summary>Clears up behind people and crashes: purges what lay in the trash for its time, and removes bytes that belong to no image.</summary>
public sealed partial class SweepImages(
    Trash trash,
    IBulkChanges changes,
    IIntegrityRecords records,
    IObjectStore store,
    TimeProvider time,
    ILogger<SweepImages> logger
) : IJobHandler<SweepImagesJob>
{
    // Bytes are named a moment before their row is saved; a day is far more than any upload takes between the two.
    private static readonly TimeSpan OrphanAge = TimeSpan.FromDays(1);

    public async Task<JobOutcome> HandleAsync(SweepImagesJob job, JobAttempt attempt, CancellationToken cancellationToken)
    {
        await trash.PurgeExpiredAsync(cancellationToken);
        await changes.ForgetAsync(time.GetUtcNow() - BulkChange.UndoableFor, cancellationToken);

        try
        {
            var removed = await store.SweepStagedAsync(OrphanAge, cancellationToken);
            foreach (var prefix in ImageObjectKeys.Prefixes)
                removed += await RemoveOrphansAsync(prefix, cancellationToken);
            if (removed > 0)
                LogRemoved(logger, removed);
            return new JobOutcome.Done();
        }
        catch (ObjectStoreUnavailableException down)
        {
            return new JobOutcome.Snooze(TimeSpan.FromMinutes(5), down.Message);
        }
    }

    private async Task<int> RemoveOrphansAsync(string prefix, CancellationToken cancellationToken)
    {
        var removed = 0;
        var writtenBefore = time.GetUtcNow() - OrphanAge;
        await foreach (var batch in BatchesAsync(prefix, writtenBefore, cancellationToken))
        {
            var known = await records.FindAsync([.. batch.Select(o => o.Image).Distinct()], cancellationToken);
            // Of an image that exists only old sets of renditions go: whatever else is odd is for people to look at.
            foreach (
                var (key, _) in batch.Where(o =>
                    !known.TryGetValue(o.Image, out var image) || (ImageObjectKeys.IsRendition(o.Key) && !image.Keeps(o.Key))
                )
            )
            {
                await store.DeleteAsync(key, cancellationToken);
                removed++;
            }
        }

        return removed;
    }

    private async IAsyncEnumerable<List<(ObjectKey Key, ImageId Image)>> BatchesAsync(
        string prefix,
        DateTimeOffset writtenBefore,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        var batch = new List<(ObjectKey, ImageId)>();
        await foreach (var found in store.ListAsync(prefix, cancellationToken))
        {
            if (found.WrittenAt < writtenBefore && ImageObjectKeys.ImageOf(found.Key) is { } image)
                batch.Add((found.Key, image));
            if (batch.Count < 500)
                continue;
            yield return batch;
            batch = [];
        }

        if (batch.Count > 0)
            yield return batch;
    }

    [LoggerMessage(LogLevel.Information, "Removed {Count} objects and staged files that belonged to no image.")]
    private static partial void LogRemoved(ILogger logger, int count);
}
