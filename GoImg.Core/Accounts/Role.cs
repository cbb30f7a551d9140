namespace GoImg.Core.Accounts;

/// <summary>What a member may do, in rising order.</summary>
public enum Role
{
    Member = 0,
    Moderator = 1,
    Admin = 2,
}
