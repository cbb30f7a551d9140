using GoImg.Core.Accounts;
using GoImg.Core.Shared;

namespace GoImg.Core.Images;

internal static class ChangeImage
{
    /// <summary>Changes an image and commits, again from the start when somebody else was faster. <see cref="NotFound"/> for who may not open it.</summary>
    public static Task<Result> ChangeAsync(
        this IUnitOfWork unitOfWork,
        IImages images,
        Actor actor,
        ImageId id,
        Func<Image, Result> change,
        CancellationToken cancellationToken
    ) => unitOfWork.ChangeAsync(images, actor, id, image => Task.FromResult(change(image)), cancellationToken);

    /// <inheritdoc cref="ChangeAsync(IUnitOfWork, IImages, Actor, ImageId, Func{Image, Result}, CancellationToken)"/>
    public static Task<Result> ChangeAsync(
        this IUnitOfWork unitOfWork,
        IImages images,
        Actor actor,
        ImageId id,
        Func<Image, Task<Result>> change,
        CancellationToken cancellationToken
    ) =>
        unitOfWork.RetryAsync(
            async () =>
            {
                var image = await images.FindAsync(id, cancellationToken);
                return image is null || !ImageAccess.CanOpen(actor, image) ? new NotFound("image") : await change(image);
            },
            cancellationToken
        );
}
