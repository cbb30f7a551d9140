using GoImg.Core.Accounts;
using GoImg.Core.Audit;
using GoImg.Core.Jobs;
using GoImg.Core.LiveUpdates;
using GoImg.Core.Moderation;
using GoImg.Core.Shared;
using GoImg.Core.Storage;

namespace GoImg.Core.Images;

/// <summary>Locks an infected file away and tells its owner and the staff.</summary>
public sealed class QuarantineImage(
    IImages images,
    IObjectStore store,
    StaffNotifications notifications,
    IAuditLog audit,
    IUnitOfWork unitOfWork,
    ILiveUpdates liveUpdates,
    IFailpoints failpoints
)
{
    /// <summary>Copied, committed, then removed: after a crash the job starts over or only removes, and the bytes are never gone or served.</summary>
    public async Task<JobOutcome> LockAwayAsync(Image loaded, Stream original, string malware, CancellationToken cancellationToken)
    {
        original.Position = 0;
        await store.PutAsync(ObjectKey.Quarantine(loaded.Id), original, cancellationToken);
        await failpoints.HitAsync("quarantine.after-copy", cancellationToken);

        var image = loaded;
        for (var tries = 0; tries < 5; tries++)
        {
            if (image is null)
                return new JobOutcome.Done();
            if (image.IsQuarantined || await TryCommitAsync(image, malware, cancellationToken))
            {
                await failpoints.HitAsync("quarantine.after-commit", cancellationToken);
                await RemoveServedBytesAsync(image.Id, cancellationToken);
                return new JobOutcome.Done();
            }

            image = await images.FindAsync(loaded.Id, cancellationToken);
        }

        return new JobOutcome.Retry("The image kept changing while it was locked away.");
    }

    public async Task RemoveServedBytesAsync(ImageId image, CancellationToken cancellationToken)
    {
        await store.DeleteAsync(ObjectKey.Original(image), cancellationToken);
        await foreach (var rendition in store.ListAsync(ObjectKey.RenditionsOf(image), cancellationToken))
            await store.DeleteAsync(rendition.Key, cancellationToken);
    }

    private async Task<bool> TryCommitAsync(Image image, string malware, CancellationToken cancellationToken)
    {
        var infected = new ImageErrors.Infected(malware);
        image.Quarantine(infected);
        notifications.TellOwner(image, $"Your image “{image.ShownTitle}” was locked away. {infected.Message}");
        await notifications.TellStaffAsync(
            image,
            $"The virus scanner found {malware} in the image “{image.ShownTitle}” of {image.Owner.Username}. It is locked away; nobody can open it.",
            cancellationToken
        );
        audit.Add(Actor.System, AuditAction.Quarantined, AuditSubject.Of(image.Id), null, malware);
        if (!(await unitOfWork.CommitAsync(cancellationToken)).IsSuccess)
            return false;

        await liveUpdates.PublishAsync(new ImageChanged(image.OwnerId, image.Id), cancellationToken);
        return true;
    }
}
