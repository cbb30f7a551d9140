namespace GoImg.Web.Shell;

/// <summary>Where to go back to after a form, from a client's text.</summary>
internal static class ReturnUrl
{
    private const int MaxLength = 2000;

    // A proxy or an old browser may take an address apart once more than it should.
    private const int Decodings = 2;

    /// <summary>The path if it leads into this site, else the start page. Refuses <c>//host</c>, back slashes, which browsers read as
    /// slashes, and control characters, which they leave out; percent-encoded ones too.</summary>
    public static string Local(string? url)
    {
        var text = url ?? "";
        var isLocal = text.Length <= MaxLength && IsLocal(text);
        for (var i = 0; i < Decodings && isLocal; i++)
        {
            text = Uri.UnescapeDataString(text);
            isLocal = IsLocal(text);
        }

        return isLocal ? ToAscii(url!) : "/";
    }

    // A Location header takes ASCII alone.
    private static string ToAscii(string url) =>
        url.All(char.IsAscii)
            ? url
            : string.Concat(url.EnumerateRunes().Select(rune => rune.IsAscii ? rune.ToString() : Uri.EscapeDataString(rune.ToString())));

    private static bool IsLocal(string text)
    {
        var path = text.Split('?', '#')[0];
        return path is ['/', ..] && path is not ['/', '/', ..] && !path.Contains('\\', StringComparison.Ordinal) && !text.Any(char.IsControl);
    }
}
