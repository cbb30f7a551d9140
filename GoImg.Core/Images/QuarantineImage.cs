using GoImg.Core.Accounts;
using GoImg.Core.Audit;
using GoImg.Core.Jobs;
using GoImg.Core.Shared;
using GoImg.Core.Storage;

namespace GoImg.Core.Images;

/// <summary>Quarantines an infected file: moves it where no one can open it.</summary>
public sealed class QuarantineImage(IImages images, IObjectStore store, IAuditLog audit, IUnitOfWork unitOfWork, IFailpoints failpoints)
{
    /// <summary>Copied, committed, then removed: after a crash the job starts over or only removes, and the bytes are never gone or served.</summary>
    public async Task<JobOutcome> QuarantineAsync(Image loaded, Stream original, string malware, CancellationToken cancellationToken)
    {
        original.Position = 0;
        // No type: no one is to take it for a picture.
        await store.PutAsync(ImageObjectKeys.Quarantine(loaded.Id), original, ObjectMetadata.None, cancellationToken);
        await failpoints.HitAsync("quarantine.after-copy", cancellationToken);

        var saved = await unitOfWork.RetryAsync<bool>(
            async () =>
            {
                if (await images.FindAsync(loaded.Id, cancellationToken) is not { } image)
                    return false;
                if (!image.IsQuarantined)
                {
                    image.Quarantine(new ImageErrors.Infected(malware));
                    audit.Add(Actor.System, AuditAction.Quarantined, image.Id.AsAuditSubject(), null, malware);
                }

                return true;
            },
            cancellationToken
        );
        if (!saved.IsSuccess)
            return new JobOutcome.Retry("The image kept changing while it was quarantined.");
        if (!saved.Value)
            return new JobOutcome.Done();

        await failpoints.HitAsync("quarantine.after-commit", cancellationToken);
        await RemoveServedBytesAsync(loaded.Id, cancellationToken);
        return new JobOutcome.Done();
    }

    public async Task RemoveServedBytesAsync(ImageId image, CancellationToken cancellationToken)
    {
        await store.DeleteAsync(ImageObjectKeys.Original(image), cancellationToken);
        await foreach (var rendition in store.ListAsync(ImageObjectKeys.RenditionsOf(image), cancellationToken))
            await store.DeleteAsync(rendition.Key, cancellationToken);
    }
}
