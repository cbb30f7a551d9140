namespace GoImg.Core.Accounts;

/// <summary>Passwords that are guessed first.</summary>
public interface IPasswordBlocklist
{
    /// <summary>Ignores case and everyday letter-for-digit swaps.</summary>
    bool Contains(string password);
}
