using GoImg.Core.Accounts;
using GoImg.Core.Audit;
using GoImg.Core.Shared;
using Microsoft.Extensions.Logging;

namespace GoImg.Core.Images;

/// <summary>Originals that are no longer what their owners sent. Nothing of ours can make one again, so the staff are
/// notified, to look for a backup. The renditions stay.</summary>
public sealed partial class DamagedOriginals(
    IImages images,
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
        audit.Add(Actor.System, AuditAction.OriginalDamaged, id.AsAuditSubject(), null, damage.Code);
        // A save in between loses this one; whoever looks next finds the damage again.
        await unitOfWork.CommitAsync(cancellationToken);
    }

    /// <summary>Takes the mark off an original that is whole again.</summary>
    public async Task ClearAsync(ImageId id, CancellationToken cancellationToken)
    {
        if (await images.FindAsync(id, cancellationToken) is not { DamagedAt: not null } image)
            return;

        image.MarkWhole();
        audit.Add(Actor.System, AuditAction.OriginalWhole, id.AsAuditSubject());
        await unitOfWork.CommitAsync(cancellationToken);
    }

    [LoggerMessage(LogLevel.Error, "The original of image {Image} is not what was stored: {Code}. Restore it from a backup.")]
    private static partial void LogDamaged(ILogger logger, ImageId image, string code);
}
