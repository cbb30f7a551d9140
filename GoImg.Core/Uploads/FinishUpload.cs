using GoImg.Core.Accounts;
using GoImg.Core.Images;
using GoImg.Core.Shared;
using GoImg.Core.Storage;

namespace GoImg.Core.Uploads;

/// <summary>Makes an image of an upload that is whole. Safe to repeat after a crash at any moment: the upload is finished in its image's own
/// commit, and the same bytes again are the same image.</summary>
public sealed class FinishUpload(
    IUploads uploads,
    AdmitUpload admission,
    UploadImage images,
    IImages known,
    RemoveUpload removal,
    IObjectStore store,
    IUnitOfWork unitOfWork,
    IFailpoints failpoints
)
{
    /// <summary>Fails as <see cref="UploadImage.AcceptAsync"/> does. A file that will not do is removed with its upload; what may pass by itself is not.</summary>
    /// <param name="whole">All its bytes; null when they lie in parts.</param>
    public async Task<Result<UploadStatus>> FinishAsync(Actor actor, ResumableUpload upload, StagedObject? whole)
    {
        if (upload.IsFinished)
            return new UploadStatus(upload, await OutcomeAsync(upload));

        await failpoints.HitAsync("tus.before-complete", CancellationToken.None);
        var made = await MakeAsync(actor, upload, whole);
        if (made.Error is { } refused)
        {
            if (refused.Kind is not (ErrorKind.Unavailable or ErrorKind.StorageFull))
                await removal.DiscardAsync(upload.Id);
            return refused;
        }

        var finished = await SettleAsync(upload, made.Value);
        return new UploadStatus(finished, made.Value);
    }

    private async Task<Result<UploadOutcome>> MakeAsync(Actor actor, ResumableUpload upload, StagedObject? whole)
    {
        var image = new NewImage(upload.Details, upload.FileName, UploadSource.Resumable)
        {
            Album = upload.AlbumId?.Value,
            // Admitted when it began, the room reserved since.
            Admission = new UploadAdmission
            {
                Album = upload.AlbumId?.Value,
                ReservationId = upload.Id.Value,
                OnAccepted = made => upload.Finish(made, isDuplicate: false),
            },
        };
        if (whole is not null)
            return await images.AcceptAsync(actor, whole, image, CancellationToken.None);

        // Before its parts are copied into one.
        if ((await admission.CheckBacklogAsync(CancellationToken.None)).Error is { } busy)
            return busy;
        await using var content = new PartsStream(store, await uploads.PartsAsync(upload.Id, CancellationToken.None));
        var staged = await images.StageAsync(content, CancellationToken.None);
        if (staged.Error is { } unstored)
            return unstored;
        await using var file = staged.Value;
        return await images.AcceptAsync(actor, file, image, CancellationToken.None);
    }

    /// <summary>A new image's commit finished the upload along with it; a duplicate's made none.</summary>
    private async Task<ResumableUpload> SettleAsync(ResumableUpload upload, UploadOutcome outcome)
    {
        var current = await uploads.FindAsync(upload.Id, CancellationToken.None) ?? upload;
        if (!current.IsFinished)
        {
            current.Finish(outcome.ImageId, outcome.IsDuplicate);
            // A stale row was finished by somebody else, with the same image.
            await unitOfWork.CommitAsync(CancellationToken.None);
        }

        await removal.DiscardPartsAsync(upload.Id);
        return current;
    }

    private async Task<UploadOutcome?> OutcomeAsync(ResumableUpload upload) =>
        await known.FindAsync(upload.ImageId!.Value, CancellationToken.None) is { } image ? UploadOutcome.Of(image, upload.IsDuplicate) : null;
}
