using GoImg.Core.Accounts;
using GoImg.Core.Shared;
using GoImg.Core.Storage;

namespace GoImg.Core.Uploads;

/// <summary>Takes an upload back: its room is free at once. The image that a finished one became stays.</summary>
public sealed class RemoveUpload(IUploads uploads, UploadLocks locks, IObjectStore store, TimeProvider time)
{
    /// <summary>Fails with <see cref="NotFound"/>, also for others' uploads, or <see cref="UploadErrors.Expired"/>.</summary>
    public async Task<Result> RemoveAsync(Actor actor, UploadId id, CancellationToken cancellationToken)
    {
        if (UploadAccess.Refuse(actor, await uploads.ReadAsync(id, cancellationToken), time.GetUtcNow()) is { } refused)
            return refused;

        // Ends a request that is still writing. One that does not end writes into nothing: its row is gone.
        using var turn = await locks.TakeAsync(id, cancellationToken);
        await DiscardAsync(id);
        return Result.Success;
    }

    /// <summary>Whoever's it is.</summary>
    public async Task DiscardAsync(UploadId id)
    {
        var parts = await uploads.PartsAsync(id, CancellationToken.None);
        await uploads.RemoveAsync(id, CancellationToken.None);
        await DeleteAsync(parts);
    }

    public async Task DiscardPartsAsync(UploadId id)
    {
        var parts = await uploads.PartsAsync(id, CancellationToken.None);
        await uploads.RemovePartsAsync(id, CancellationToken.None);
        await DeleteAsync(parts);
    }

    private async Task DeleteAsync(IReadOnlyList<UploadPart> parts)
    {
        try
        {
            foreach (var part in parts)
                await store.DeleteAsync(part.Key, CancellationToken.None);
        }
        catch (ObjectStoreUnavailableException)
        {
            // Objects without a row are swept when the store is back.
        }
    }
}
