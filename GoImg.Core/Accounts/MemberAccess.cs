namespace GoImg.Core.Accounts;

/// <summary>Who may see and change what of a member.</summary>
public static class MemberAccess
{
    /// <summary>Others see members in good standing only; to them the rest are not there.</summary>
    public static bool CanSee(Actor actor, Member member) => member.Status == MemberStatus.Active || actor.Is(member.Id) || actor.IsStaff;

    /// <summary>Email, role and sessions.</summary>
    public static bool CanSeePrivate(Actor actor, Member member) => actor.Is(member.Id) || actor.IsStaff;

    public static bool CanEditProfile(Actor actor, Member member) => actor.Is(member.Id) || actor.IsAdmin;
}
