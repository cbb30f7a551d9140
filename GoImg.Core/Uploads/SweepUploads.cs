using GoImg.Core.Accounts;
using GoImg.Core.Jobs;
using GoImg.Core.Storage;
using Microsoft.Extensions.Logging;

namespace GoImg.Core.Uploads;

public sealed record SweepUploadsJob : IJob
{
    public static string Kind => "uploads.sweep";
}

/// <summary>Clears up behind clients that never came back: finishes what is whole, removes what expired, and stored parts that belong to no upload.</summary>
public sealed partial class SweepUploads(
    IUploads uploads,
    FindUpload find,
    RemoveUpload removal,
    IObjectStore store,
    UploadsOptions settings,
    TimeProvider time,
    ILogger<SweepUploads> logger
) : IJobHandler<SweepUploadsJob>
{
    private const int AtOnce = 500;

    // A part is named a moment before its row is saved.
    private static readonly TimeSpan OrphanAge = TimeSpan.FromDays(1);

    // Time for the request that brought the last bytes, and for its client to ask.
    private static readonly TimeSpan FinishAfter = TimeSpan.FromMinutes(5);

    public async Task<JobOutcome> HandleAsync(SweepUploadsJob job, JobAttempt attempt, CancellationToken cancellationToken)
    {
        try
        {
            var now = time.GetUtcNow();
            foreach (var id in await uploads.LeftWholeAsync(now + settings.KeepFor - FinishAfter, AtOnce, cancellationToken))
                await FinishAsync(id, cancellationToken);

            var expired = await uploads.ExpiredAsync(now, AtOnce, cancellationToken);
            foreach (var id in expired)
                await removal.DiscardAsync(id);
            var orphans = await RemoveOrphansAsync(now - OrphanAge, cancellationToken);
            if (expired.Count + orphans > 0)
                LogRemoved(logger, expired.Count, orphans);
            return new JobOutcome.Done();
        }
        catch (ObjectStoreUnavailableException down)
        {
            return new JobOutcome.Snooze(TimeSpan.FromMinutes(5), down.Message);
        }
    }

    // On behalf of its owner, who has sent all there is to send.
    private async Task FinishAsync(UploadId id, CancellationToken cancellationToken)
    {
        if (await uploads.ReadAsync(id, cancellationToken) is { } upload)
            await find.FindAsync(new Actor(upload.OwnerId, Role.Member, Address: null), id, cancellationToken);
    }

    private async Task<int> RemoveOrphansAsync(DateTimeOffset writtenBefore, CancellationToken cancellationToken)
    {
        var removed = 0;
        var batch = new List<(ObjectKey Key, Guid Part)>();
        await foreach (var found in store.ListAsync(UploadObjectKeys.Prefix, cancellationToken))
        {
            if (found.WrittenAt < writtenBefore && UploadObjectKeys.PartOf(found.Key) is { } part)
                batch.Add((found.Key, part));
            if (batch.Count == AtOnce)
                removed += await RemoveUnknownAsync(batch, cancellationToken);
        }

        return removed + await RemoveUnknownAsync(batch, cancellationToken);
    }

    private async Task<int> RemoveUnknownAsync(List<(ObjectKey Key, Guid Part)> batch, CancellationToken cancellationToken)
    {
        var known = await uploads.WhichPartsExistAsync([.. batch.Select(b => b.Part)], cancellationToken);
        var unknown = batch.Where(b => !known.Contains(b.Part)).Select(b => b.Key).ToList();
        foreach (var key in unknown)
            await store.DeleteAsync(key, cancellationToken);
        batch.Clear();
        return unknown.Count;
    }

    [LoggerMessage(LogLevel.Information, "Removed {Expired} uploads that no one finished, and {Orphans} stored parts that belonged to none.")]
    private static partial void LogRemoved(ILogger logger, int expired, int orphans);
}
