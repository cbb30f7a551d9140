using GoImg.Core.Accounts;
using GoImg.Core.Audit;
using GoImg.Core.Shared;

namespace GoImg.Core.Images;

/// <summary>What an owner does with an image that is there. To everyone who may not see the image it is <see cref="NotFound"/>.</summary>
public sealed class ImageService(IImages images, IAuditLog audit, IUnitOfWork unitOfWork, TimeProvider time)
{
    /// <summary>Fails with <see cref="StaleEdit"/> when the image is no longer the version the edit began with.</summary>
    public Task<Result> EditAsync(Actor actor, ImageId id, ImageEdit edit, CancellationToken cancellationToken) =>
        ChangeAsync(
            actor,
            id,
            image =>
            {
                if (image.State == ImageState.Deleted && actor.Is(image.OwnerId))
                    return new ImageErrors.InTrash();
                if (!ImageAccess.CanEdit(actor, image))
                    return new NotAllowed(ImageErrorTexts.NotYoursToEdit);
                if (edit.Version is { } version && version != image.Version)
                    return new StaleEdit();

                var before = image.Visibility;
                image.Edit(edit.Details);
                audit.NoteVisibility(actor, image, before);
                image.AllowDownload(edit.AllowsDownload ?? image.AllowsDownload);
                image.ShowCamera(edit.CameraShown ?? image.CameraShown);
                return Result.Success;
            },
            cancellationToken
        );

    /// <summary>To the trash, where it can be restored for <see cref="Trash.Retention"/>.</summary>
    public Task<Result> MoveToTrashAsync(Actor actor, ImageId id, CancellationToken cancellationToken) =>
        ChangeAsync(
            actor,
            id,
            image =>
            {
                if (!ImageAccess.CanDelete(actor, image))
                    return NotYours;

                image.MoveToTrash(time.GetUtcNow());
                return Result.Success;
            },
            cancellationToken
        );

    /// <summary>Out of the trash. Fails with <see cref="ImageErrors.RemovedByModerator"/> for what a moderator removed.</summary>
    public Task<Result> RestoreAsync(Actor actor, ImageId id, CancellationToken cancellationToken) =>
        ChangeAsync(actor, id, image => ImageAccess.CanDelete(actor, image) ? image.Restore() : NotYours, cancellationToken);

    /// <summary>Tries a failed image again from the start.</summary>
    public Task<Result> RetryAsync(Actor actor, ImageId id, CancellationToken cancellationToken) =>
        ChangeAsync(
            actor,
            id,
            image => ImageAccess.CanEdit(actor, image) ? image.Retry() : new NotAllowed(ImageErrorTexts.NotYoursToRetry),
            cancellationToken
        );

    /// <summary>Gone at once, from the trash or not; its bytes follow within moments. Cannot be undone.</summary>
    public Task<Result> DeletePermanentlyAsync(Actor actor, ImageId id, CancellationToken cancellationToken) =>
        ChangeAsync(
            actor,
            id,
            async image =>
            {
                if (!ImageAccess.CanDelete(actor, image))
                    return NotYours;
                if (image.ModerationReason is not null)
                    return new ImageErrors.KeptForAppeal();

                await images.RemoveAsync(image, cancellationToken);
                return Result.Success;
            },
            cancellationToken
        );

    private static NotAllowed NotYours => new(ImageErrorTexts.NotYours);

    private Task<Result> ChangeAsync(Actor actor, ImageId id, Func<Image, Result> change, CancellationToken cancellationToken) =>
        ChangeAsync(actor, id, image => Task.FromResult(change(image)), cancellationToken);

    private Task<Result> ChangeAsync(Actor actor, ImageId id, Func<Image, Task<Result>> change, CancellationToken cancellationToken) =>
        unitOfWork.RetryAsync(
            async () =>
            {
                var image = await images.FindAsync(id, cancellationToken);
                return image is null || !ImageAccess.CanOpen(actor, image) ? new NotFound("image") : await change(image);
            },
            cancellationToken
        );
}

/// <summary>An owner's edit. <paramref name="Version"/> is the one the editor saw; null overwrites whatever there is.
/// A null <paramref name="AllowsDownload"/> or <paramref name="CameraShown"/> leaves it as it is.</summary>
public sealed record ImageEdit(ImageDetails Details, int? Version, bool? AllowsDownload = null, CameraParts? CameraShown = null);
