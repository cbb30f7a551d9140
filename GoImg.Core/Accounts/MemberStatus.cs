namespace GoImg.Core.Accounts;

/// <summary>Only an <see cref="Active"/> member can sign in and be seen; everything of the others disappears at once.</summary>
public enum MemberStatus
{
    /// <summary>The address is not confirmed yet.</summary>
    Pending,
    Active,

    /// <summary>Until a time; ends by itself.</summary>
    Suspended,
    Banned,

    /// <summary>Closed by the member; erased after the days of grace.</summary>
    Deleted,
}
