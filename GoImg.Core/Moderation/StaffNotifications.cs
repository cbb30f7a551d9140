using GoImg.Core.Accounts;
using GoImg.Core.Images;

namespace GoImg.Core.Moderation;

/// <summary>Tells people what GoImg itself found out about an image. The notices are part of the caller's unit of work.</summary>
public sealed class StaffNotifications(IDecisions decisions, IMembers members, TimeProvider time)
{
    public void TellOwner(Image image, string text) => decisions.Add(Notification.About(image.Id, image.OwnerId, text, time.GetUtcNow()));

    /// <summary>Every moderator and admin whose account is active; the owner, who is told in other words, is left out.</summary>
    public async Task TellStaffAsync(Image image, string text, CancellationToken cancellationToken)
    {
        foreach (var member in await members.FindStaffAsync(cancellationToken))
        {
            if (member != image.OwnerId)
                decisions.Add(Notification.About(image.Id, member, text, time.GetUtcNow()));
        }
    }
}
