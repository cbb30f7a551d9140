using GoImg.Core.Accounts;
using GoImg.Core.Audit;
using GoImg.Core.Shared;

namespace GoImg.Core.Images;

/// <summary>What an owner does with an image that is there. To everyone who may not see the image it is <see cref="NotFound"/>.</summary>
public sealed class ImageService(IImages images, IAuditLog audit, IUnitOfWork unitOfWork)
{
    /// <summary>Fails with <see cref="StaleEdit"/> when the image is no longer the version the edit began with.</summary>
    public Task<Result> EditAsync(Actor actor, ImageId id, ImageEdit edit, CancellationToken cancellationToken) =>
        unitOfWork.ChangeAsync(
            images,
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

    /// <summary>Tries a failed image again from the start.</summary>
    public Task<Result> RetryAsync(Actor actor, ImageId id, CancellationToken cancellationToken) =>
        unitOfWork.ChangeAsync(
            images,
            actor,
            id,
            image => ImageAccess.CanEdit(actor, image) ? image.Retry() : new NotAllowed(ImageErrorTexts.NotYoursToRetry),
            cancellationToken
        );
}

/// <summary>An owner's edit. <paramref name="Version"/> is the one the editor saw; null overwrites whatever there is.
/// A null <paramref name="AllowsDownload"/> or <paramref name="CameraShown"/> leaves it as it is.</summary>
public sealed record ImageEdit(ImageDetails Details, int? Version, bool? AllowsDownload = null, CameraParts? CameraShown = null);
