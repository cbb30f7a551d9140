using GoImg.Core.Shared;

namespace GoImg.Core.Accounts;

/// <summary>12–128 characters of any kind, no composition rules (NIST SP 800-63B-4), and not one that is guessed first.</summary>
public static class PasswordRules
{
    public const int MinLength = 12;
    public const int MaxLength = 128;

    public static Result Check(string? password, Username username, EmailAddress email)
    {
        var length = Text.Length(password ?? "");
        if (length is < MinLength or > MaxLength)
            return new ValidationFailed("password", $"The password has {length} characters; it needs {MinLength} to {MaxLength}. A few words in a row are easy to remember.");
        if (string.Equals(password, username.Value, StringComparison.OrdinalIgnoreCase) || string.Equals(password, email.Value, StringComparison.OrdinalIgnoreCase))
            return new ValidationFailed("password", "The password must differ from the username and the email address.");
        return Result.Success;
    }
}
