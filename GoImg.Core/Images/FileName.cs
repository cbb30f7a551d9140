using System.Globalization;
using GoImg.Core.Shared;

namespace GoImg.Core.Images;

/// <summary>A client's name for a file: shown to its owner and offered on download, never part of a path.</summary>
public static class FileName
{
    public const int MaxLength = 255;

    /// <summary>Without directories, control and direction-changing characters, cut to <see cref="MaxLength"/> text elements; <c>image</c> when nothing is left.</summary>
    public static string ForDisplay(string? name)
    {
        var line = Text.Line(name);
        line = line[(line.LastIndexOfAny(['/', '\\']) + 1)..].Trim();
        var elements = new StringInfo(line);
        if (elements.LengthInTextElements > MaxLength)
            line = elements.SubstringByTextElements(0, MaxLength);
        return line is "" or "." or ".." ? "image" : line;
    }
}
