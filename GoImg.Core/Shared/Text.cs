using System.Globalization;
using System.Text;

namespace GoImg.Core.Shared;

/// <summary>Text that people typed: counted as people count, and without characters that only serve to deceive.</summary>
public static class Text
{
    /// <summary>Code points that make one character at the most: enough for letters with all their marks and for flags and families of emoji.
    /// Unicode knows no such bound, and without one a single "character" holds megabytes.</summary>
    private const int CodePointsPerCharacter = 8;

    /// <summary>Text elements (what a reader calls a character), never bytes or UTF-16 units. One of more than eight code points counts
    /// as several, so a length bounds the bytes too: 32 of UTF-8 a character.</summary>
    public static int Length(string text)
    {
        var length = 0;
        for (var rest = text.AsSpan(); !rest.IsEmpty; )
        {
            var element = StringInfo.GetNextTextElementLength(rest);
            var codePoints = 0;
            foreach (var _ in rest[..element].EnumerateRunes())
                codePoints++;
            length += (codePoints + CodePointsPerCharacter - 1) / CodePointsPerCharacter;
            rest = rest[element..];
        }

        return length;
    }

    /// <summary>One line: NFC, trimmed, white space folded, no control or direction-changing characters. Null is empty.</summary>
    public static string Line(string? text) =>
        string.Join(' ', Clean(text, keepNewLines: false).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    /// <summary>Several lines: as <see cref="Line"/>, but new lines stay, at most two in a row.</summary>
    public static string Paragraphs(string? text)
    {
        var lines = Clean(text, keepNewLines: true).Split('\n').Select(line => line.TrimEnd());
        var joined = string.Join('\n', lines).Trim();
        while (joined.Contains("\n\n\n", StringComparison.Ordinal))
            joined = joined.Replace("\n\n\n", "\n\n", StringComparison.Ordinal);
        return joined;
    }

    private static string Clean(string? text, bool keepNewLines)
    {
        if (string.IsNullOrEmpty(text))
            return "";

        var clean = new StringBuilder(text.Length);
        foreach (var rune in text.ReplaceLineEndings("\n").EnumerateRunes())
        {
            if (rune.Value == '\n')
                clean.Append(keepNewLines ? '\n' : ' ');
            else if (rune.Value == '\t')
                clean.Append(' ');
            else if (IsKept(rune))
                clean.Append(rune.ToString());
        }

        return clean.ToString().Normalize(NormalizationForm.FormC);
    }

    /// <summary>False for what no text needs and no one sees: control characters, half surrogate pairs (which arrive here as U+FFFD), the
    /// non-characters of Unicode (section 23.7), which can't be normalised, and invisible ones, with which a name can read as another's:
    /// direction overrides and isolates (UAX #9, section 2), zero-width spaces, soft hyphens. Joiners and tags stay: scripts and emoji need them.</summary>
    public static bool IsKept(Rune rune) =>
        rune.Value != 0xFFFD
        && !IsNonCharacter(rune)
        && Rune.GetUnicodeCategory(rune) switch
        {
            UnicodeCategory.Control => false,
            UnicodeCategory.Format => IsJoiner(rune) || rune.Value is >= 0xE0020 and <= 0xE007F,
            _ => true,
        };

    /// <summary>Zero-width (non-)joiners, which Persian, the languages of India and emoji are written with.</summary>
    public static bool IsJoiner(Rune rune) => rune.Value is 0x200C or 0x200D;

    /// <summary>Code points that never are a character; <see cref="string.Normalize()"/> throws on some of them.</summary>
    public static bool IsNonCharacter(Rune rune) => (rune.Value & 0xFFFE) == 0xFFFE || rune.Value is >= 0xFDD0 and <= 0xFDEF;
}
