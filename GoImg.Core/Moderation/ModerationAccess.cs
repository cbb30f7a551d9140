using GoImg.Core.Accounts;
using GoImg.Core.Shared;

namespace GoImg.Core.Moderation;

/// <summary>Who may moderate what: nobody their own, and accounts as said below.</summary>
public sealed class ModerationAccess(StaffAccess staff, IMembers members)
{
    /// <summary>Null when the subject of a decision is somebody else's, or nobody's any more.</summary>
    public static Error? RefuseOwn(Actor actor, MemberId? owner) => owner is { } id && actor.Is(id) ? new ModerationErrors.Oneself() : null;

    /// <summary>Whether <paramref name="actor"/> may not do this to that account, under the lock of <see cref="IMembers.LockAdminsAsync"/>. Suspending is for moderators, the rest for admins;
    /// staff are judged by admins alone, the last admin by no one, and oneself never.</summary>
    public async Task<Error?> RefuseAsync(Actor actor, Member member, DecisionAction action, CancellationToken cancellationToken)
    {
        var role = await staff.RoleAsync(actor, cancellationToken);
        if (role < Role.Moderator)
            return new NotFound("member");
        if (RefuseOwn(actor, member.Id) is { } own)
            return own;
        if (member.Role >= Role.Moderator && role < Role.Admin)
            return new ModerationErrors.StaffAccount();
        if (role < Role.Admin && (action == DecisionAction.Ban || (IsSanction(action) && member.Status == MemberStatus.Banned)))
            return new ModerationErrors.OnlyAdmins();
        return action is DecisionAction.Ban or DecisionAction.Suspend ? await members.RefuseLastAdminAsync(member, cancellationToken) : null;
    }

    /// <summary>Role changes are for admins. Under the same lock.</summary>
    public async Task<Error?> RefuseAsync(Actor actor, Member member, Role newRole, CancellationToken cancellationToken)
    {
        var role = await staff.RoleAsync(actor, cancellationToken);
        if (role < Role.Moderator)
            return new NotFound("member");
        if (role < Role.Admin)
            return new ModerationErrors.OnlyAdmins();
        if (newRole < Role.Admin && await members.RefuseLastAdminAsync(member, cancellationToken) is { } last)
            return last;
        return RefuseOwn(actor, member.Id);
    }

    private static bool IsSanction(DecisionAction action) => action is DecisionAction.Ban or DecisionAction.Suspend or DecisionAction.Reinstate;
}
