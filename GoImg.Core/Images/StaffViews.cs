using GoImg.Core.Accounts;
using GoImg.Core.Audit;
using GoImg.Core.Shared;

namespace GoImg.Core.Images;

/// <summary>Notes when staff open what its owner shares with no one.</summary>
public sealed class StaffViews(IAuditLog audit, IAuditMemory memory, IUnitOfWork unitOfWork)
{
    /// <summary>A second look within this time is the same look.</summary>
    public static readonly TimeSpan SameLook = TimeSpan.FromMinutes(10);

    /// <summary>Call when a page or API answer of the image goes to <paramref name="actor"/>. Writes nothing for the owner,
    /// for others who are not staff, and for an image that anyone may find. Answers whether it wrote.</summary>
    public Task<bool> AuditPrivateViewAsync(Actor actor, ImageView image, CancellationToken cancellationToken) =>
        AuditAsync(actor, image.Tile.Id, WordsOf(actor, image.OwnerId, image.IsListed, image.Tile.Visibility, image.Tile.State), cancellationToken);

    /// <summary>The same for its bytes.</summary>
    public Task<bool> AuditPrivateViewAsync(Actor actor, ImageFile file, CancellationToken cancellationToken) =>
        AuditAsync(actor, file.Id, file.PrivateLook, cancellationToken);

    /// <summary>What is noted of a look at the image; null when it is nothing to note.</summary>
    internal static string? WordsOf(Actor actor, MemberId owner, bool isListed, Visibility visibility, ImageState state) =>
        actor.IsStaff && !isListed && !actor.Is(owner) ? $"{visibility}, {state}".ToLowerInvariant() : null;

    private async Task<bool> AuditAsync(Actor actor, ImageId image, string? words, CancellationToken cancellationToken)
    {
        if (words is null || actor.MemberId is not { } me)
            return false;
        var subject = image.AsAuditSubject();
        if (await memory.HasRecentAsync(me, AuditAction.PrivateViewed, subject, SameLook, cancellationToken))
            return false;

        audit.Add(actor, AuditAction.PrivateViewed, subject, null, words);
        return (await unitOfWork.CommitAsync(cancellationToken)).IsSuccess;
    }
}
