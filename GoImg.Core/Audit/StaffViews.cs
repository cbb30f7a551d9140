using GoImg.Core.Accounts;
using GoImg.Core.Images;
using GoImg.Core.Shared;

namespace GoImg.Core.Audit;

/// <summary>Notes when staff open what its owner shares with nobody.</summary>
public sealed class StaffViews(IAuditLog audit, IAuditMemory memory, IUnitOfWork unitOfWork)
{
    /// <summary>A second look within this time is the same look.</summary>
    public static readonly TimeSpan SameLook = TimeSpan.FromMinutes(10);

    /// <summary>Call when a page, rendition or API answer of the image goes to <paramref name="actor"/>. Writes nothing for the owner,
    /// for others who are not staff, and for an image that anyone may find. Answers whether it wrote.</summary>
    public async Task<bool> AuditPrivateViewAsync(Actor actor, ImageView image, CancellationToken cancellationToken)
    {
        if (!actor.IsStaff || actor.MemberId is not { } me || image.IsListed || actor.Is(image.OwnerId))
            return false;
        var subject = AuditSubject.Of(image.Tile.Id);
        if (await memory.HasRecentAsync(me, AuditAction.PrivateViewed, subject, SameLook, cancellationToken))
            return false;

        audit.Add(actor, AuditAction.PrivateViewed, subject, null, $"{image.Tile.Visibility}, {image.Tile.State}".ToLowerInvariant());
        return (await unitOfWork.CommitAsync(cancellationToken)).IsSuccess;
    }
}

/// <summary>Whether the log has an entry already.</summary>
public interface IAuditMemory
{
    Task<bool> HasRecentAsync(MemberId actor, string action, AuditSubject subject, TimeSpan within, CancellationToken cancellationToken);
}
