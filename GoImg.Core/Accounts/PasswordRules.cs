using System.Text;
using GoImg.Core.Shared;

namespace GoImg.Core.Accounts;

/// <summary>12–128 characters of any kind, no composition rules (NIST SP 800-63B-4), and not one that is guessed first.</summary>
public static class PasswordRules
{
    public const int MinLength = 12;
    public const int MaxLength = 128;

    /// <param name="field">The form's or API's name of the field, for the message.</param>
    public static Result Check(string? password, Username username, EmailAddress email, IPasswordStrength strength, string field = "password")
    {
        var text = Normalize(password ?? "");
        var length = Text.Length(text);
        if (length is < MinLength or > MaxLength)
            return new ValidationFailed(field, AccountErrorTexts.PasswordHasLength.With(length, MinLength, MaxLength));
        if (
            string.Equals(text, username.Value, StringComparison.OrdinalIgnoreCase)
            || string.Equals(text, email.Value, StringComparison.OrdinalIgnoreCase)
        )
            return new ValidationFailed(field, AccountErrorTexts.PasswordIsName);
        if (strength.IsGuessable(text, [username.Value, email.Value, email.Value.Split('@')[0]]))
            return new ValidationFailed(field, AccountErrorTexts.PasswordGuessable);
        return Result.Success;
    }

    /// <summary>The form that is hashed: NFKC, so that the same characters typed on another keyboard are the same password.
    /// Halves of surrogate pairs and non-characters, which have no such form, become U+FFFD.</summary>
    public static string Normalize(string password)
    {
        var whole = new StringBuilder(password.Length);
        foreach (var rune in password.EnumerateRunes())
            whole.Append(Text.IsNonCharacter(rune) ? "\uFFFD" : rune.ToString());
        return whole.ToString().Normalize(NormalizationForm.FormKC);
    }
}
