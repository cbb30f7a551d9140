using System.Collections.Frozen;
using GoImg.Core.Shared;

namespace GoImg.Core.Accounts;

/// <summary>A public name: 3–32 of <c>A–Z a–z 0–9 _</c>, unique ignoring case, and none of the reserved ones.</summary>
public sealed record Username
{
    public const int MinLength = 3;
    public const int MaxLength = 32;

    // Names that would pass for the site itself, its staff or one of its addresses.
    private static readonly FrozenSet<string> Reserved = new[]
    {
        "about",
        "abuse",
        "account",
        "admin",
        "administrator",
        "anonymous",
        "api",
        "deleted",
        "everyone",
        "explore",
        "goimg",
        "guest",
        "help",
        "info",
        "login",
        "mod",
        "moderator",
        "null",
        "official",
        "owner",
        "postmaster",
        "register",
        "root",
        "search",
        "security",
        "settings",
        "signin",
        "signup",
        "staff",
        "support",
        "system",
        "undefined",
        "webmaster",
    }.ToFrozenSet(StringComparer.Ordinal);

    private Username(string value) => Value = value;

    public string Value { get; }

    /// <summary>Lower-cased: equal keys are the same name.</summary>
    public string Key => KeyOf(Value);

    public static string KeyOf(string name) => name.ToLowerInvariant();

    public static Result<Username> Parse(string? text)
    {
        if (text is null || text.Length is < MinLength or > MaxLength)
            return new ValidationFailed("username", AccountErrorTexts.UsernameLength.With(MinLength, MaxLength));
        if (!text.All(c => char.IsAsciiLetterOrDigit(c) || c == '_'))
            return new ValidationFailed("username", AccountErrorTexts.UsernameCharacters);
        if (Reserved.Contains(KeyOf(text)))
            return new ValidationFailed("username", AccountErrorTexts.UsernameReserved);
        return new Username(text);
    }

    /// <summary>For the database: the value passed <see cref="Parse"/> when it was saved.</summary>
    public static Username FromTrusted(string value) => new(value);

    public override string ToString() => Value;
}
