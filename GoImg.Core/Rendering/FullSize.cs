namespace GoImg.Core.Rendering;

/// <summary>A copy with the original's own pixels, for who zooms beyond the largest rendition. Made when it is asked for first, and kept with the renditions.</summary>
/// <param name="MaxMegapixels">A larger picture is scaled down to this; 0 makes none.</param>
public sealed record FullSize(int MaxMegapixels)
{
    public const string Name = "full";

    /// <summary>The name of the file that is stored of it.</summary>
    public const string File = Name + ".webp";

    // 16383: WebP's largest side, libwebp src/webp/encode.h WEBP_MAX_DIMENSION
    private const int MaxSidePx = 16_383;

    public (int WidthPx, int HeightPx) SizeOf(int widthPx, int heightPx)
    {
        var area = Math.Sqrt(MaxMegapixels * 1e6 / ((double)widthPx * heightPx));
        return Rendition.Scale(widthPx, heightPx, Math.Min(area, MaxSidePx / (double)Math.Max(widthPx, heightPx)));
    }

    /// <summary>Whether it would show more of a picture of this size than this rendition does. Of an animation there is none.</summary>
    public bool IsMoreThan(Rendition rendition, int widthPx, int heightPx, int frames) =>
        MaxMegapixels > 0 && frames <= 1 && SizeOf(widthPx, heightPx).WidthPx > rendition.SizeOf(widthPx, heightPx).WidthPx;
}
