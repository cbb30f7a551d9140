using System.Globalization;
using System.Text;

namespace GoImg.Core.Search;

/// <summary>A stretch of letters and digits.</summary>
/// <param name="IsUnspaced">Of a script that is written without blanks between words, so that it may be several words or a part of one.</param>
public readonly record struct SearchToken(string Text, bool IsUnspaced)
{
    /// <summary>Each two letters that follow each other; one letter alone is itself.</summary>
    public IReadOnlyList<string> Pairs
    {
        get
        {
            var runes = Text.EnumerateRunes().Select(rune => rune.ToString()).ToList();
            return runes.Count == 1 ? runes : [.. runes.Zip(runes.Skip(1), (a, b) => a + b)];
        }
    }

    /// <summary>The last letter, which begins no pair.</summary>
    public string Last => Text.EnumerateRunes().Last().ToString();
}

/// <summary>Takes texts apart into words the same way for what is stored and for what is asked. Word forms and accents are left to the database.</summary>
public static class SearchWords
{
    /// <summary>Takes a place between texts that do not follow each other, so that no phrase is found across; the index drops it.</summary>
    public const string Break = "goimgbreak";

    // PostgreSQL takes words of at most 2,046 bytes; no one looks for longer ones than this.
    private const int MaxRunes = 100;

    /// <summary>Lower-cased and in compatibility form. Whatever is no letter, digit or mark of one divides.</summary>
    /// <param name="text">Already a line (<see cref="Shared.Text.Line"/>): without half surrogate pairs and non-characters.</param>
    public static IReadOnlyList<SearchToken> Of(string text)
    {
        var tokens = new List<SearchToken>();
        var (word, length, isUnspaced) = (new StringBuilder(), 0, false);
        foreach (var rune in text.Normalize(NormalizationForm.FormKC).Replace('\u0130', 'i').ToLowerInvariant().EnumerateRunes())
        {
            // They make no difference to what is read.
            if (Shared.Text.IsJoiner(rune))
                continue;
            if (!IsOfWord(rune))
            {
                End();
                continue;
            }

            var unspaced = IsUnspaced(rune) || (isUnspaced && IsMark(rune));
            if (length > 0 && unspaced != isUnspaced || length == MaxRunes)
                End();
            (isUnspaced, length) = (unspaced, length + 1);
            word.Append(rune.ToString());
        }

        End();
        return tokens;

        void End()
        {
            if (length > 0)
                tokens.Add(new(word.ToString(), isUnspaced));
            word.Clear();
            (length, isUnspaced) = (0, false);
        }
    }

    /// <summary>For the index: words with a blank between them, and unspaced ones as pairs of letters, with the last letter alone, so that whatever
    /// is in them is found by the pairs it has, and a single letter by what begins with it.</summary>
    public static string Indexed(string text) =>
        string.Join(
            ' ',
            Of(text)
                .SelectMany(token =>
                    !token.IsUnspaced ? [token.Text]
                    : token.Pairs is [var only] && only == token.Last ? [only]
                    : token.Pairs.Append(token.Last)
                )
        );

    /// <summary>The same for several texts.</summary>
    public static string IndexedApart(IEnumerable<string> texts) => string.Join($" {Break} ", texts.Select(Indexed));

    private static bool IsOfWord(Rune rune) => Rune.IsLetterOrDigit(rune) || IsMark(rune);

    private static bool IsMark(Rune rune) => Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark;

    // Thai, Lao, Myanmar, Hangul, Khmer, the iteration marks of Han, kana, Han.
    private static bool IsUnspaced(Rune rune) =>
        !Rune.IsDigit(rune)
        && rune.Value
            is (>= 0x0E00 and < 0x0F00)
                or (>= 0x1000 and < 0x10A0)
                or (>= 0x1100 and < 0x1200)
                or (>= 0x1780 and < 0x1800)
                or (>= 0x3005 and < 0x3008)
                or (>= 0x3040 and < 0x3100)
                or (>= 0x31F0 and < 0x3200)
                or (>= 0x3400 and < 0xA000)
                or (>= 0xAC00 and < 0xD7B0)
                or (>= 0xF900 and < 0xFB00)
                or (>= 0x20000 and < 0x33480);
}
