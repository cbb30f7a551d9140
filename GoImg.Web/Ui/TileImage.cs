using System.Globalization;
using GoImg.Core.Rendering;
using GoImg.Web.Images;

namespace GoImg.Web.Ui;

/// <summary>What a grid needs to know to draw one picture. <see cref="WidthPx"/> and <see cref="HeightPx"/> are the upright original's.</summary>
public sealed record TileImage
{
    // Beyond these a tile would be a sliver or a ribbon; the picture is cropped to its middle instead.
    private const double NarrowestRatio = 0.6;
    private const double WidestRatio = Rendition.LongestRatio;

    // What a picture is chosen for on wide and on narrow screens: somewhat less than the height a row wishes for (--row). On a screen of one dot a
    // pixel that stretches the small rendition of a wide picture a little, where the next one up would come at three to four times the bytes.
    private const int WideRowPx = 180;
    private const int NarrowRowPx = 125;

    /// <summary>The image page, with the context the grid is.</summary>
    public required string Href { get; init; }

    public required RenditionUrls Renditions { get; init; }

    public required string Title { get; init; }

    /// <summary>Empty: the title has to do.</summary>
    public string AltText { get; init; } = "";

    /// <summary>Name of the member, where the grid shows pictures of several.</summary>
    public string? By { get; init; }

    public int Likes { get; init; }

    public required int WidthPx { get; init; }

    public required int HeightPx { get; init; }

    /// <summary><c>#rrggbb</c>; empty when not known yet.</summary>
    public string DominantColor { get; init; } = "";

    /// <summary>A tiny WebP; empty when not known yet.</summary>
    public byte[] Placeholder { get; init; } = [];

    /// <summary>Not for everyone's eyes: the placeholder behind a label, and no address of a rendition in the page.</summary>
    public bool IsCovered { get; init; }

    /// <summary>There is no picture yet or none at all: these words stand in its place.</summary>
    public string? Instead { get; init; }

    /// <summary>A short word in the corner, such as GIF or Private.</summary>
    public string? Badge { get; init; }

    public double Ratio => HeightPx > 0 && WidthPx > 0 ? Math.Clamp(WidthPx / (double)HeightPx, NarrowestRatio, WidestRatio) : 1.5;

    internal string Style
    {
        get
        {
            var style = string.Create(CultureInfo.InvariantCulture, $"--r:{Ratio:0.###}");
            if (DominantColor.Length > 0)
                style += $";--c:{DominantColor}";
            return Placeholder.Length > 0 ? $"{style};--p:url(data:image/webp;base64,{Convert.ToBase64String(Placeholder)})" : style;
        }
    }

    internal string SourceSet =>
        Renditions.SourceSet(Math.Max(1, WidthPx), Math.Max(1, HeightPx), Renditions.Sizes.Thumbnail, Renditions.Sizes.Medium);

    // Never "auto", which is the real width: at one pixel more than the small rendition has the medium one would be fetched.
    internal string Sizes =>
        string.Create(CultureInfo.InvariantCulture, $"(max-width: 44rem) {DrawnRatio * NarrowRowPx:0}px, {DrawnRatio * WideRowPx:0}px");

    internal (int WidthPx, int HeightPx) Box => Renditions.Sizes.Small.SizeOf(Math.Max(1, WidthPx), Math.Max(1, HeightPx));

    // The picture is as high as its tile also where that shows only its middle.
    private double DrawnRatio => Ratio < WidestRatio ? Ratio : WidthPx / (double)HeightPx;
}
