using System.Collections.Frozen;
using GoImg.Core.Accounts;

namespace GoImg.Infrastructure.Accounts;

/// <summary>The operator's list of refused passwords, and the estimate of zxcvbn: common passwords and words of its lists, names, dates, sequences,
/// repetitions and walks over the keyboard, alone and combined. A singleton; safe on many threads. An estimate takes 10 to 100 ms.</summary>
internal sealed class ZxcvbnPasswordStrength : IPasswordStrength
{
    // zxcvbn's scale from 0 to 4: in version 1 a score of 3 begins at a million seconds of guessing, ten thousand guesses a second.
    private const int LeastScore = 3;

    // Its work grows with the square of the length, so longer passwords are looked at in pieces: one that is good enough is enough.
    private const int PieceLength = 64;

    private readonly Zxcvbn.Zxcvbn _estimator = new();
    private readonly FrozenSet<string> _refused;

    /// <param name="path">One password a line, UTF-8, in any case; null for none.</param>
    public ZxcvbnPasswordStrength(string? path) =>
        _refused = (path is null ? [] : File.ReadLines(path))
            .Select(line => line.Trim())
            .Where(line => line.Length > 0)
            .ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    public bool IsGuessable(string password, IReadOnlyList<string> personal)
    {
        var text = password.Trim();
        if (text.Length == 0)
            return true;
        var withoutSpaces = text.Replace(" ", "", StringComparison.Ordinal);
        // Spaces count as unknown characters to it, so that "pass word pass word" seems good; a sentence keeps a little of its worth without them.
        return _refused.Contains(text) || Score(text, personal) < LeastScore || (withoutSpaces != text && Score(withoutSpaces, personal) == 0);
    }

    private int Score(string text, IReadOnlyList<string> personal) =>
        text.Chunk(PieceLength).Max(piece => _estimator.EvaluatePassword(new string(piece), ["goimg", .. personal]).Score);
}
