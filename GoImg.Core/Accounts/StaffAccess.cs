using GoImg.Core.Shared;

namespace GoImg.Core.Accounts;

/// <summary>Who is staff. Asks the database, not the session: a moderator who was demoted a second ago is none.</summary>
public sealed class StaffAccess(IMembers members)
{
    /// <summary>Null for staff; for everybody else there is no such <paramref name="thing"/>.</summary>
    public async Task<Error?> RefuseAsync(Actor actor, string thing, CancellationToken cancellationToken) =>
        await RoleAsync(actor, cancellationToken) >= Role.Moderator ? null : new NotFound(thing);

    /// <summary>Null for admins; for everybody else there is no such page.</summary>
    public async Task<Error?> RefuseUnlessAdminAsync(Actor actor, CancellationToken cancellationToken) =>
        await RoleAsync(actor, cancellationToken) == Role.Admin ? null : new NotFound("page");

    /// <summary><see cref="Role.Member"/> for everyone who is not staff now, visitors included.</summary>
    public async Task<Role> RoleAsync(Actor actor, CancellationToken cancellationToken)
    {
        if (actor.IsSystem)
            return Role.Admin;
        if (!actor.IsStaff)
            return Role.Member;
        var me = await members.FindAsync(actor.MemberId!.Value, cancellationToken);
        return me is { Status: MemberStatus.Active } ? me.Role : Role.Member;
    }
}
