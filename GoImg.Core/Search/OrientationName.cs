namespace GoImg.Core.Search;

/// <summary>The values of <c>orientation:</c>.</summary>
public static class OrientationName
{
    // A side that is longer by less is seen as equal.
    private const double Tolerance = 1.02;

    public static IReadOnlyList<string> All { get; } = ["landscape", "portrait", "square"];

    /// <summary>Null when it is none.</summary>
    public static string? Parse(string text) => All.FirstOrDefault(name => name.Equals(text, StringComparison.OrdinalIgnoreCase));

    /// <param name="widthPx">Of the upright picture.</param>
    public static string Of(int widthPx, int heightPx) =>
        widthPx > heightPx * Tolerance ? "landscape"
        : heightPx > widthPx * Tolerance ? "portrait"
        : "square";
}
