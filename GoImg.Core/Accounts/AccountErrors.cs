using GoImg.Core.Shared;

namespace GoImg.Core.Accounts;

public static class AccountErrors
{
    public sealed record NameTaken() : Error(ErrorKind.Conflict, "account.name_taken", "This username is taken. Choose another one.");

    public sealed record EmailTaken()
        : Error(ErrorKind.Conflict, "account.email_taken", "There is an account with this email address already. Sign in instead.");

    public sealed record WrongCredentials()
        : Error(ErrorKind.Unauthenticated, "account.wrong_credentials", "Name or password is wrong. Check both and try again.");

    public sealed record LockedOut(int Minutes)
        : Error(
            ErrorKind.TooMany,
            "account.locked_out",
            $"Too many wrong passwords. Try again in {(Minutes == 1 ? "a minute" : $"{Minutes} minutes")}."
        );

    /// <param name="Why">What the moderators wrote to the member; null when no one knows.</param>
    public sealed record Suspended(DateTimeOffset Until, string? Why)
        : Error(ErrorKind.Forbidden, "account.suspended", With($"This account is suspended until {Until:yyyy-MM-dd HH:mm} UTC.", Why));

    /// <inheritdoc cref="Suspended"/>
    public sealed record Banned(string? Why) : Error(ErrorKind.Forbidden, "account.banned", With("This account is banned.", Why));

    public sealed record InvalidRefreshToken()
        : Error(
            ErrorKind.Unauthenticated,
            "account.invalid_refresh_token",
            "This refresh token is not valid: it expired, was used before, or its session ended. Sign in again."
        );

    public sealed record ChangedSince()
        : Error(
            ErrorKind.Conflict,
            "account.changed_since",
            "The account was changed since this decision, so it can't be taken back. Look at the member's page and decide again."
        );

    public sealed record LinkSpent()
        : Error(
            ErrorKind.NotFound,
            "account.link_spent",
            "This link was used already, is older than an hour, or there is an admin by now. Restart GoImg for a new one if you need it."
        );

    private static string With(string what, string? why) => string.IsNullOrEmpty(why) ? what : $"{what} The moderators say: {why}";
}
