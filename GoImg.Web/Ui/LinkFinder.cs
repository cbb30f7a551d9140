using System.Text.RegularExpressions;

namespace GoImg.Web.Ui;

/// <summary>A piece of plain text; <see cref="Url"/> is set where it is a web address.</summary>
internal sealed record TextPiece(string Words, string? Url);

/// <summary>Finds web addresses in what people wrote. Only whole <c>http</c> and <c>https</c> addresses that parse; nothing else becomes a link.</summary>
internal static partial class LinkFinder
{
    public static IEnumerable<TextPiece> Split(string text)
    {
        var from = 0;
        foreach (Match match in Address().Matches(text))
        {
            var words = Trim(match.Value);
            if (!Uri.TryCreate(words, UriKind.Absolute, out var uri) || uri.UserInfo.Length > 0)
                continue;
            if (match.Index > from)
                yield return new(text[from..match.Index], null);
            yield return new(words, uri.AbsoluteUri);
            from = match.Index + words.Length;
        }

        if (from < text.Length)
            yield return new(text[from..], null);
    }

    // The full stop after an address and the bracket around it belong to the sentence; a bracket that was opened inside belongs to the address.
    private static string Trim(string address)
    {
        while (
            address.Length > 0
            && (
                ".,;:!?'\"".Contains(address[^1], StringComparison.Ordinal)
                || (address[^1] is ')' && address.Count(c => c == ')') > address.Count(c => c == '('))
            )
        )
            address = address[..^1];
        return address;
    }

    [GeneratedRegex(@"\bhttps?://[^\s<>""`{}|\\^\[\]]+", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 200)]
    private static partial Regex Address();
}
