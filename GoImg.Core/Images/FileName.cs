using System.Globalization;
using System.Text;
using GoImg.Core.Shared;

namespace GoImg.Core.Images;

/// <summary>A client's name for a file: shown to its owner and offered on download, never part of a path.</summary>
public static class FileName
{
    public const int MaxLength = 255;

    /// <summary>UTF-8 bytes of a name that a download offers: in a header each becomes three, and proxies refuse headers of kilobytes.</summary>
    private const int MaxDownloadBytes = 100;

    /// <summary>For something that has a title. A title is no path: "AC/DC" keeps both its halves.</summary>
    /// <param name="ending">With its dot.</param>
    public static string OfTitle(string title, string ending) => ForDownload(title.Replace('/', '-').Replace('\\', '-') + ending);

    /// <summary>As <see cref="ForDisplay"/>, cut at a character so that a header can carry it; the ending stays.</summary>
    public static string ForDownload(string? name)
    {
        var whole = Base(name);
        var dot = whole.LastIndexOf('.');
        var ending = dot >= 0 && whole.Length - dot is > 1 and <= 6 ? whole[dot..] : "";
        var bytes = Encoding.UTF8.GetByteCount(ending);
        var kept = new StringBuilder();
        foreach (var character in Characters(whole[..^ending.Length]))
        {
            bytes += Encoding.UTF8.GetByteCount(character);
            if (bytes > MaxDownloadBytes)
                break;
            kept.Append(character);
        }

        return (kept.Length == 0 ? "image" : kept.ToString().TrimEnd()) + ending;
    }

    /// <summary>Without directories, control and direction-changing characters, cut to <see cref="MaxLength"/> text elements; <c>image</c> when nothing is left.</summary>
    public static string ForDisplay(string? name)
    {
        var line = Base(name);
        var elements = new StringInfo(line);
        return elements.LengthInTextElements > MaxLength ? elements.SubstringByTextElements(0, MaxLength) : line;
    }

    private static string Base(string? name)
    {
        var line = Text.Line(name);
        line = line[(line.LastIndexOfAny(['/', '\\']) + 1)..].Trim();
        return line is "" or "." or ".." ? "image" : line;
    }

    private static IEnumerable<string> Characters(string text)
    {
        for (var elements = StringInfo.GetTextElementEnumerator(text); elements.MoveNext(); )
            yield return elements.GetTextElement();
    }
}
