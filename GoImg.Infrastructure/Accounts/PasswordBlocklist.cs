using System.Collections.Frozen;
using System.Text;
using GoImg.Core.Accounts;

namespace GoImg.Infrastructure.Accounts;

/// <summary>The generated list, the operator's own, and anything that is one short piece over and over.</summary>
internal sealed class PasswordBlocklist : IPasswordBlocklist
{
    // "abcabcabcabc" is four guesses more than "abc".
    private const int LongestRepeatedPiece = 4;

    private readonly FrozenSet<string> _refused;

    /// <param name="path">One password a line, UTF-8; null for none.</param>
    public PasswordBlocklist(string? path)
    {
        var own = path is null ? [] : File.ReadLines(path).Select(line => line.Trim()).Where(line => line.Length > 0);
        _refused = CommonPasswords
            .Generate(PasswordRules.MinLength)
            .Concat(own.Select(p => p.ToLowerInvariant()))
            .ToFrozenSet(StringComparer.Ordinal);
    }

    public int Count => _refused.Count;

    public bool Contains(string password)
    {
        var text = password.Trim().ToLowerInvariant();
        return IsRepetition(text)
            || _refused.Contains(text)
            || _refused.Contains(Unswap(text))
            || _refused.Contains(text.Replace(" ", "", StringComparison.Ordinal));
    }

    private static bool IsRepetition(string text)
    {
        for (var piece = 1; piece <= LongestRepeatedPiece; piece++)
        {
            var repeats = true;
            for (var i = piece; i < text.Length && repeats; i++)
                repeats = text[i] == text[i - piece];
            if (repeats)
                return true;
        }

        return false;
    }

    /// <summary>p@ssw0rd is password: what people swap, back to letters; a number at the end stays one.</summary>
    private static string Unswap(string text)
    {
        var letters = new StringBuilder(text.Length);
        var wordEnd = text.Length;
        while (wordEnd > 0 && !char.IsLetter(text[wordEnd - 1]))
            wordEnd--;
        for (var i = 0; i < wordEnd; i++)
            letters.Append(
                text[i] switch
                {
                    '@' or '4' => 'a',
                    '0' => 'o',
                    '1' or '!' => 'i',
                    '3' => 'e',
                    '$' or '5' => 's',
                    '7' => 't',
                    var c => c,
                }
            );
        return letters.Append(text, wordEnd, text.Length - wordEnd).ToString();
    }
}
