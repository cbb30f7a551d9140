using GoImg.Core.Jobs;
using GoImg.Core.Shared;
using GoImg.Core.Storage;

namespace GoImg.Core.Images;

public sealed record PurgeImageJob(ImageId ImageId) : IJob
{
    public static string Kind => "image.purge";
}

/// <summary>Deletes an image permanently: its row first, then its objects, so that no crash leaves a row that promises bytes.</summary>
public sealed class PurgeImage(IImages images, IObjectStore store, IUnitOfWork unitOfWork, IFailpoints failpoints, TimeProvider time)
    : IJobHandler<PurgeImageJob>
{
    public async Task<JobOutcome> HandleAsync(PurgeImageJob job, JobAttempt attempt, CancellationToken cancellationToken)
    {
        // The row is gone already when its owner asked for the purge; it is there when the trash's time ran out.
        if (await images.FindAsync(job.ImageId, cancellationToken) is { } image)
        {
            if (image.State != ImageState.Deleted || image.DeletedAt > time.GetUtcNow() - Trash.Retention)
                return new JobOutcome.Done();

            await images.RemoveAsync(image, cancellationToken);
            // the job that follows from it removes the objects
            return (await unitOfWork.CommitAsync(cancellationToken)).Error is { } changed
                ? new JobOutcome.Retry(changed.Message)
                : new JobOutcome.Done();
        }

        await failpoints.HitAsync("purge.after-row", cancellationToken);
        try
        {
            await RemoveObjectsAsync(job.ImageId, cancellationToken);
            return new JobOutcome.Done();
        }
        catch (ObjectStoreUnavailableException down)
        {
            return new JobOutcome.Snooze(TimeSpan.FromMinutes(1), down.Message);
        }
    }

    private async Task RemoveObjectsAsync(ImageId image, CancellationToken cancellationToken)
    {
        await foreach (var rendition in store.ListAsync(ImageObjectKeys.RenditionsOf(image), cancellationToken))
            await store.DeleteAsync(rendition.Key, cancellationToken);
        await failpoints.HitAsync("purge.after-renditions", cancellationToken);
        await store.DeleteAsync(ImageObjectKeys.Quarantine(image), cancellationToken);
        await store.DeleteAsync(ImageObjectKeys.Original(image), cancellationToken);
    }
}
