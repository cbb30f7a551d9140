using GoImg.Core.Shared;

namespace GoImg.Core.Accounts;

/// <summary>A mail address of at most 255 characters with one <c>@</c>, unique ignoring case. Whether it works only a mail can tell.</summary>
public sealed record EmailAddress
{
    public const int MaxLength = 255;

    private EmailAddress(string value) => Value = value;

    public string Value { get; }

    public string Key => Value.ToLowerInvariant();

    public static Result<EmailAddress> Parse(string? text)
    {
        var value = text?.Trim() ?? "";
        if (value.Length is 0 or > MaxLength)
            return new ValidationFailed("email", AccountErrorTexts.EmailTooLong.With(MaxLength));

        var at = value.IndexOf('@', StringComparison.Ordinal);
        var wellFormed =
            at > 0
            && at == value.LastIndexOf('@')
            && at < value.Length - 1
            && !value.Any(c => char.IsWhiteSpace(c) || c is '<' or '>' or ',' or ';' or '"')
            && value.EnumerateRunes().All(rune => Text.IsKept(rune) && !Text.IsJoiner(rune))
            && !value[..at].Split('.').Contains("")
            && !value[(at + 1)..].Split('.').Contains("");
        return wellFormed ? new EmailAddress(value) : new ValidationFailed("email", AccountErrorTexts.EmailMalformed);
    }

    /// <summary>For the database: the value passed <see cref="Parse"/> when it was saved.</summary>
    public static EmailAddress FromTrusted(string value) => new(value);

    public override string ToString() => Value;
}
