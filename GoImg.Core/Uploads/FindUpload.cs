using GoImg.Core.Accounts;
using GoImg.Core.Shared;

namespace GoImg.Core.Uploads;

/// <summary>How far an upload is. One whose bytes are all here but whose server died before it made the image is finished now: a client
/// that hears "all here" does not come back.</summary>
public sealed class FindUpload(IUploads uploads, FinishUpload finish, UploadLocks locks, TimeProvider time)
{
    /// <summary>Fails with <see cref="NotFound"/>, also for others' uploads, <see cref="UploadErrors.Expired"/>, or one of <see cref="FinishUpload"/>.</summary>
    public async Task<Result<UploadStatus>> FindAsync(Actor actor, UploadId id, CancellationToken cancellationToken)
    {
        var upload = await uploads.ReadAsync(id, cancellationToken);
        if (UploadAccess.Refuse(actor, upload, time.GetUtcNow()) is { } refused)
            return refused;
        if (!upload!.IsWhole)
            return new UploadStatus(upload, null);

        // The request that brought the last bytes may be at it right now.
        using var turn = await locks.TakeAsync(id, cancellationToken);
        if (turn is null)
            return new UploadErrors.Busy();
        return await uploads.FindAsync(id, cancellationToken) is { } current
            ? await finish.FinishAsync(actor, current, whole: null)
            : new NotFound("upload");
    }
}
