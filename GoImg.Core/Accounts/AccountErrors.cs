using GoImg.Core.Shared;

namespace GoImg.Core.Accounts;

public static class AccountErrors
{
    public sealed record NameTaken() : Error(ErrorKind.Conflict, "account.name_taken", AccountErrorTexts.NameTaken);

    public sealed record EmailTaken() : Error(ErrorKind.Conflict, "account.email_taken", AccountErrorTexts.EmailTaken);

    public sealed record WrongCredentials() : Error(ErrorKind.Unauthenticated, "account.wrong_credentials", AccountErrorTexts.WrongCredentials);

    public sealed record LockedOut(int Minutes) : Error(ErrorKind.TooMany, "account.locked_out", AccountErrorTexts.LockedOut.With(Minutes));

    /// <param name="Why">What the moderators wrote to the member; null when no one knows.</param>
    public sealed record Suspended(DateTimeOffset Until, string? Why)
        : Error(ErrorKind.Forbidden, "account.suspended", With(AccountErrorTexts.Suspended.With(Until), Why));

    /// <inheritdoc cref="Suspended"/>
    public sealed record Banned(string? Why) : Error(ErrorKind.Forbidden, "account.banned", With(AccountErrorTexts.Banned, Why));

    public sealed record InvalidRefreshToken()
        : Error(ErrorKind.Unauthenticated, "account.invalid_refresh_token", AccountErrorTexts.InvalidRefreshToken);

    public sealed record ChangedSince() : Error(ErrorKind.Conflict, "account.changed_since", AccountErrorTexts.ChangedSince);

    public sealed record LinkSpent() : Error(ErrorKind.NotFound, "account.link_spent", AccountErrorTexts.LinkSpent);

    public sealed record TooManyTokens(int Limit) : Error(ErrorKind.Conflict, "account.too_many_tokens", AccountErrorTexts.TooManyTokens.With(Limit));

    /// <summary>The session is too old for what is to be done, and no password was given.</summary>
    public sealed record SignInAgain(int Minutes) : Error(ErrorKind.Forbidden, "account.sign_in_again", AccountErrorTexts.SignInAgain.With(Minutes));

    private static string With(string what, string? why) => string.IsNullOrEmpty(why) ? what : AccountErrorTexts.ModeratorsSay.With(what, why);
}
