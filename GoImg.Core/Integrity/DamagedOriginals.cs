using GoImg.Core.Accounts;
using GoImg.Core.Audit;
using GoImg.Core.Images;
using GoImg.Core.Moderation;
using GoImg.Core.Shared;
using Microsoft.Extensions.Logging;

namespace GoImg.Core.Integrity;

/// <summary>Originals that are no longer what their owners sent. Nothing of ours can make one again, so people are told: the staff
/// to look for a backup, and the log. The renditions stay.</summary>
public sealed partial class DamagedOriginals(
    IImages images,
    StaffNotifications notifications,
    IAuditLog audit,
    IUnitOfWork unitOfWork,
    TimeProvider time,
    ILogger<DamagedOriginals> logger
)
{
    /// <summary>Told once, however often it is found.</summary>
    public async Task ReportAsync(ImageId id, Error damage, CancellationToken cancellationToken)
    {
        if (await images.FindAsync(id, cancellationToken) is not { DamagedAt: null } image)
            return;

        LogDamaged(logger, id, damage.Code);
        image.MarkDamaged(time.GetUtcNow());
        audit.Add(Actor.System, AuditAction.OriginalDamaged, AuditSubject.Of(id), null, damage.Code);
        await notifications.TellStaffAsync(
            image,
            $"The stored file of the image “{image.ShownTitle}” of {image.Owner.Username} is missing or damaged. Restore it from a backup; goimg verify lists all that are.",
            cancellationToken
        );
        // A save in between loses this one; whoever looks next finds the damage again.
        await unitOfWork.CommitAsync(cancellationToken);
    }

    /// <summary>Takes the mark off an original that is whole again.</summary>
    public async Task ClearAsync(ImageId id, CancellationToken cancellationToken)
    {
        if (await images.FindAsync(id, cancellationToken) is not { DamagedAt: not null } image)
            return;

        image.MarkWhole();
        audit.Add(Actor.System, AuditAction.OriginalWhole, AuditSubject.Of(id));
        await unitOfWork.CommitAsync(cancellationToken);
    }

    [LoggerMessage(LogLevel.Error, "The original of image {Image} is not what was stored: {Code}. Restore it from a backup.")]
    private static partial void LogDamaged(ILogger logger, ImageId image, string code);
}
