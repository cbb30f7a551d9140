using GoImg.Core.Accounts;
using GoImg.Core.Jobs;
using GoImg.Core.Shared;

namespace GoImg.Core.Images;

/// <summary>Where a deleted image waits for <see cref="Retention"/>, and can be taken out of by its owner.</summary>
public sealed class Trash(IImages images, IJobQueue jobs, IUnitOfWork unitOfWork, TimeProvider time)
{
    /// <summary>How long the trash keeps an image before it is purged.</summary>
    public static readonly TimeSpan Retention = TimeSpan.FromDays(30);

    public Task<Result> MoveAsync(Actor actor, ImageId id, CancellationToken cancellationToken) =>
        unitOfWork.ChangeAsync(
            images,
            actor,
            id,
            image =>
            {
                if (!ImageAccess.CanDelete(actor, image))
                    return new NotAllowed(ImageErrorTexts.NotYours);

                image.MoveToTrash(time.GetUtcNow());
                return Result.Success;
            },
            cancellationToken
        );

    /// <summary>Fails with <see cref="ImageErrors.RemovedByModerator"/> for what a moderator removed.</summary>
    public Task<Result> RestoreAsync(Actor actor, ImageId id, CancellationToken cancellationToken) =>
        unitOfWork.ChangeAsync(
            images,
            actor,
            id,
            image => ImageAccess.CanDelete(actor, image) ? image.Restore() : new NotAllowed(ImageErrorTexts.NotYours),
            cancellationToken
        );

    /// <summary>Has the images purged whose time is over, a thousand at a time; the rest with the next call.</summary>
    public async Task PurgeExpiredAsync(CancellationToken cancellationToken)
    {
        foreach (var expired in await images.ExpiredInTrashAsync(time.GetUtcNow() - Retention, 1000, cancellationToken))
            jobs.Enqueue(new PurgeImageJob(expired), new JobOptions(Priority: JobPriority.Low));
        await unitOfWork.CommitAsync(cancellationToken);
    }
}
