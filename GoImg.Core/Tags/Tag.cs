using System.Globalization;
using System.Text;
using GoImg.Core.Shared;

namespace GoImg.Core.Tags;

/// <summary>A word on an image: 2–50 letters and digits of any script, <c>-</c>, <c>_</c>, <c>+</c>, <c>#</c>, lower-cased. One character is
/// enough where it is a word: in Chinese, Japanese and Korean.</summary>
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
        // The invariant culture leaves the Turkish capital as it is.
        var tag = Text.Line(word).Replace('\u0130', 'i').ToLower(CultureInfo.InvariantCulture);
        var length = Text.Length(tag);
        if (length > MaxLength || (length < MinLength && !tag.EnumerateRunes().Any(IsWholeWord)))
            return new ValidationFailed("tags", TagErrorTexts.Length.With(MinLength, MaxLength, Shorten(tag), length));
        if (!IsAllowed(tag))
            return new ValidationFailed("tags", TagErrorTexts.Characters.With(Shorten(tag)));
        return tag;
    }

    private static bool IsAllowed(string tag)
    {
        var before = default(Rune);
        foreach (var rune in tag.EnumerateRunes())
        {
            // Only after a letter that joins: anywhere else it is invisible, and two tags would look the same.
            if (!IsAllowed(rune) && !(Text.IsJoiner(rune) && IsOfJoiningScript(before)))
                return false;
            before = rune;
        }

        return !Text.IsJoiner(before);
    }

    // Unicode's blocks from Arabic to Mongolian, and their supplements: among them all whose spelling uses joiners.
    private static bool IsOfJoiningScript(Rune rune) =>
        (
            rune.Value
            is (>= 0x0600 and < 0x1100)
                or (>= 0x1700 and < 0x1D00)
                or (>= 0xA800 and < 0xAC00)
                or (>= 0xFB50 and < 0xFE00)
                or (>= 0x10A00 and < 0x11D00)
        ) && !Text.IsJoiner(rune);

    // Han, kana, hangul.
    private static bool IsWholeWord(Rune rune) =>
        rune.Value
            is (>= 0x3040 and < 0x3100)
                or (>= 0x3400 and < 0xA000)
                or (>= 0xAC00 and < 0xD7B0)
                or (>= 0xF900 and < 0xFB00)
                or (>= 0x20000 and < 0x33480);

    private static bool IsAllowed(Rune rune) =>
        Rune.IsLetterOrDigit(rune)
        || rune.Value is '-' or '_' or '+' or '#'
        || Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark;

    private static string Shorten(string text) => text.Length <= 60 ? text : text[..60] + "…";
}
