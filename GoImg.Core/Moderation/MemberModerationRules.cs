using GoImg.Core.Accounts;
using GoImg.Core.Shared;

namespace GoImg.Core.Moderation;

/// <summary>Who may moderate whose account. Callers hold the lock of <see cref="IMembers.LockAdminsAsync"/>.</summary>
public sealed class MemberModerationRules(Staff staff, IMembers members)
{
    /// <summary>Whether <paramref name="actor"/> may not do this to that account. Suspending is for moderators, the rest for admins;
    /// staff are judged by admins alone, the last admin by no one, and oneself never.</summary>
    public async Task<Error?> RefuseAsync(Actor actor, Member member, DecisionAction action, CancellationToken cancellationToken)
    {
        var role = await staff.RoleAsync(actor, cancellationToken);
        if (role < Role.Moderator)
            return new NotFound("member");
        if (actor.Is(member.Id))
            return new ModerationErrors.Oneself();
        if (member.Role >= Role.Moderator && role < Role.Admin)
            return new ModerationErrors.StaffAccount();
        if (role < Role.Admin && (action == DecisionAction.Ban || (IsSanction(action) && member.Status == MemberStatus.Banned)))
            return new ModerationErrors.OnlyAdmins();
        return action is DecisionAction.Ban or DecisionAction.Suspend ? await RefuseForLastAdminAsync(member, cancellationToken) : null;
    }

    /// <summary>Role changes are for admins.</summary>
    public async Task<Error?> RefuseAsync(Actor actor, Member member, Role newRole, CancellationToken cancellationToken)
    {
        var role = await staff.RoleAsync(actor, cancellationToken);
        if (role < Role.Moderator)
            return new NotFound("member");
        if (role < Role.Admin)
            return new ModerationErrors.OnlyAdmins();
        if (newRole < Role.Admin && await RefuseForLastAdminAsync(member, cancellationToken) is { } last)
            return last;
        return actor.Is(member.Id) ? new ModerationErrors.Oneself() : null;
    }

    private static bool IsSanction(DecisionAction action) => action is DecisionAction.Ban or DecisionAction.Suspend or DecisionAction.Reinstate;

    private async Task<Error?> RefuseForLastAdminAsync(Member member, CancellationToken cancellationToken) =>
        member is { Role: Role.Admin, Status: MemberStatus.Active } && await members.CountAdminsAsync(cancellationToken) <= 1
            ? new ModerationErrors.LastAdmin()
            : null;
}
