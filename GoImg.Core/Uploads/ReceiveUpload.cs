using GoImg.Core.Accounts;
using GoImg.Core.Images;
using GoImg.Core.Shared;
using GoImg.Core.Storage;

namespace GoImg.Core.Uploads;

/// <summary>Takes the next bytes of an upload. They count when they are durable and their row is, and not before; the last of them make the image.</summary>
public sealed class ReceiveUpload(
    IUploads uploads,
    AdmitUpload admission,
    FinishUpload finish,
    UploadLocks locks,
    IObjectStore store,
    IUnitOfWork unitOfWork,
    UploadsOptions settings,
    IFailpoints failpoints,
    TimeProvider time
)
{
    /// <summary>What a killed server may lose of a request. Large enough for one part to be a whole photo, and for stores that ask 5 MiB of a part.</summary>
    public const int PartBytes = 16 << 20;

    /// <summary>Fails with <see cref="NotFound"/> (also for others' uploads), an error of <see cref="UploadErrors"/>, or one of <see cref="FinishUpload"/>.
    /// <paramref name="cut"/> says that the sender is gone: what arrived by then is kept.</summary>
    public async Task<Result<UploadStatus>> ReceiveAsync(Actor actor, UploadId id, UploadBody body, CancellationToken cut)
    {
        // Asked before the turn is taken: no one interrupts what is not theirs.
        if (UploadAccess.Refuse(actor, await uploads.ReadAsync(id, cut), time.GetUtcNow()) is { } hidden)
            return hidden;
        using var turn = await locks.TakeAsync(id, cut);
        if (turn is null)
            return new UploadErrors.Busy();

        var upload = await uploads.FindAsync(id, cut);
        if (UploadAccess.Refuse(actor, upload, time.GetUtcNow()) is { } gone)
            return gone;
        if (body.OffsetBytes != upload!.OffsetBytes)
            return new UploadErrors.WrongOffset(upload.OffsetBytes);
        if (body.LengthBytes > upload.LengthBytes - upload.OffsetBytes)
            return new UploadErrors.BeyondLength(upload.LengthBytes);
        // What comes in parts can wait whole for its turn; one that comes whole would be read in vain.
        if (upload.OffsetBytes == 0 && body.LengthBytes == upload.LengthBytes && (await admission.CheckBacklogAsync(cut)).Error is { } busy)
            return busy;

        using var ended = CancellationTokenSource.CreateLinkedTokenSource(cut, turn.Stopped);
        using var reader = new BodyReader(body, ended.Token);
        try
        {
            var standing = await ReadAsync(actor, upload, reader, mustProve: body.Checksum is not null);
            // Its sender is still there and may go on behind whoever came in between.
            return standing.Error is UploadErrors.BrokenOff && turn.Stopped.IsCancellationRequested ? new UploadErrors.TakenOver() : standing;
        }
        catch (ObjectStoreFullException)
        {
            return new UploadErrors.StoreIsFull();
        }
        catch (ObjectStoreUnavailableException)
        {
            return new UploadErrors.StoreIsDown();
        }
    }

    private async Task<Result<UploadStatus>> ReadAsync(Actor actor, ResumableUpload upload, BodyReader reader, bool mustProve)
    {
        var staged = new List<StagedObject>();
        try
        {
            for (var at = upload.OffsetBytes; at < upload.LengthBytes && !reader.IsOver; )
            {
                var part = await store.StageAsync(reader.Next(Math.Min(PartBytes, upload.LengthBytes - at)), PartBytes, CancellationToken.None);
                staged.Add(part);
                await failpoints.HitAsync("tus.after-part", CancellationToken.None);
                at += part.LengthBytes;
                if (at == upload.LengthBytes && await reader.HasMoreAsync())
                    return new UploadErrors.BeyondLength(upload.LengthBytes);
                // Most photos come whole in one request: their bytes are the original at once, and written once.
                if (part.LengthBytes == upload.LengthBytes)
                    return reader.IsProven() ? await finish.FinishAsync(actor, upload, part) : new UploadErrors.ChecksumMismatch();
                if (!mustProve && await KeepAsync(upload, staged) is { } lost)
                    return lost;
            }

            if (mustProve && !reader.IsProven())
                return new UploadErrors.ChecksumMismatch();
            if (mustProve && await KeepAsync(upload, staged) is { } refused)
                return refused;
        }
        finally
        {
            foreach (var part in staged)
                await part.DisposeAsync();
        }

        if (upload.IsWhole)
            return await finish.FinishAsync(actor, upload, whole: null);
        return reader.IsCut ? new UploadErrors.BrokenOff() : new UploadStatus(upload, null);
    }

    /// <summary>Names the staged parts and moves the offset behind them, in this order: the offset never promises more than is there.</summary>
    private async Task<Error?> KeepAsync(ResumableUpload upload, List<StagedObject> staged)
    {
        var kept = new List<UploadPart>();
        foreach (var bytes in staged.Where(s => s.LengthBytes > 0))
        {
            if (upload.Parts == ResumableUpload.MaxParts)
                return new UploadErrors.TooManyParts();
            var part = UploadPart.New(upload.Id, upload.OffsetBytes, bytes.LengthBytes);
            await store.PromoteAsync(bytes, part.Key, ObjectMetadata.None, CancellationToken.None);
            uploads.Add(part);
            upload.Append(part, time.GetUtcNow() + settings.KeepFor);
            kept.Add(part);
        }

        staged.Clear();
        if (kept.Count == 0)
            return null;
        await failpoints.HitAsync("tus.before-offset", CancellationToken.None);
        if ((await unitOfWork.CommitAsync(CancellationToken.None)).IsSuccess)
            return null;

        // Another node went on from the same offset and was first. (An exception above is no answer; the sweep decides a day later.)
        foreach (var part in kept)
            await store.DeleteAsync(part.Key, CancellationToken.None);
        return new UploadErrors.TakenOver();
    }
}
