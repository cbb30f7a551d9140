using System.Globalization;
using System.Text;
using GoImg.Core.Shared;

namespace GoImg.Core.Tags;

/// <summary>A word on an image: 2–50 letters and digits of any script, <c>-</c>, <c>_</c>, <c>+</c>, <c>#</c>, lower-cased.</summary>
public static class Tag
{
    public const int MinLength = 2;
    public const int MaxLength = 50;
    public const int MaxPerImage = 20;

    /// <summary>Splits what a person typed at commas and white space, normalises, and drops repeats. Order stays.</summary>
    public static Result<IReadOnlyList<string>> ParseList(string? text) => ParseAll(Split(text));

    /// <summary>The words between commas and white space, not checked yet.</summary>
    public static IReadOnlyList<string> Split(string? text) =>
        (text ?? "").Split([',', ';', ' ', '\t', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    public static Result<IReadOnlyList<string>> ParseAll(IEnumerable<string> words)
    {
        var tags = new List<string>();
        foreach (var word in words)
        {
            var tag = Parse(word);
            if (tag.Error is { } error)
                return error;
            if (!tags.Contains(tag.Value))
                tags.Add(tag.Value);
        }

        if (tags.Count > MaxPerImage)
            return new ValidationFailed("tags", TagErrorTexts.TooMany.With(tags.Count, MaxPerImage));
        return tags;
    }

    public static Result<string> Parse(string word)
    {
        var tag = Text.Line(word).ToLower(CultureInfo.InvariantCulture);
        var length = Text.Length(tag);
        if (length is < MinLength or > MaxLength)
            return new ValidationFailed("tags", TagErrorTexts.Length.With(MinLength, MaxLength, Shorten(tag), length));
        if (!tag.EnumerateRunes().All(IsAllowed))
            return new ValidationFailed("tags", TagErrorTexts.Characters.With(Shorten(tag)));
        return tag;
    }

    private static bool IsAllowed(Rune rune) =>
        Rune.IsLetterOrDigit(rune)
        || rune.Value is '-' or '_' or '+' or '#'
        || Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark;

    private static string Shorten(string text) => text.Length <= 60 ? text : text[..60] + "…";
}
