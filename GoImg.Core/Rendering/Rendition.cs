namespace GoImg.Core.Rendering;

/// <summary>A sized copy: longest side at most <paramref name="MaxSidePx"/>, never enlarged, upright, sRGB, without metadata. Of a panorama or a strip
/// the short side is kept as large as that of a picture of <see cref="LongestRatio"/>, because it is the side that grids and pages are filled with.</summary>
public sealed record Rendition(string Name, int MaxSidePx)
{
    /// <summary>The ratio of the longest tile of a grid; what is longer is cropped there.</summary>
    public const double LongestRatio = 2.6;

    /// <summary>No rendition's side is longer: beyond it, graphics hardware begins to refuse a picture.</summary>
    public const int MaxLongSidePx = 8192;

    /// <summary>The name of the file that is stored of it.</summary>
    public string File => Name + ".webp";

    /// <summary>The size this rendition has of an upright image of the given size.</summary>
    public (int WidthPx, int HeightPx) SizeOf(int widthPx, int heightPx)
    {
        var (longSide, shortSide) = (Math.Max(widthPx, heightPx), Math.Min(widthPx, heightPx));
        var kept = Math.Min(MaxSidePx / LongestRatio / shortSide, MaxLongSidePx / (double)longSide);
        return Scale(widthPx, heightPx, Math.Max(MaxSidePx / (double)longSide, kept));
    }

    /// <summary>By this factor, but never enlarged and never to nothing.</summary>
    public static (int WidthPx, int HeightPx) Scale(int widthPx, int heightPx, double factor)
    {
        var scale = Math.Min(1d, factor);
        return (Math.Max(1, (int)Math.Round(widthPx * scale)), Math.Max(1, (int)Math.Round(heightPx * scale)));
    }
}
