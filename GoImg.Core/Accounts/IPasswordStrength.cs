namespace GoImg.Core.Accounts;

/// <summary>Tells passwords that an attacker would try early from those that would take too long to find.</summary>
public interface IPasswordStrength
{
    /// <param name="personal">What is known of the member (name, address) and makes a password easier to guess.</param>
    bool IsGuessable(string password, IReadOnlyList<string> personal);
}
