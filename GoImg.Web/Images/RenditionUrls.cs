using System.Globalization;
using GoImg.Core.Rendering;

namespace GoImg.Web.Images;

/// <summary>The addresses of one image's renditions.</summary>
/// <param name="Page">What they begin with.</param>
/// <param name="Version">What they end with.</param>
public sealed record RenditionUrls(RenditionSet Sizes, string Page, string Version)
{
    public string Thumbnail => Of(Sizes.Thumbnail);

    public string Small => Of(Sizes.Small);

    public string Medium => Of(Sizes.Medium);

    public string Large => Of(Sizes.Large);

    public string XLarge => Of(Sizes.XLarge);

    /// <summary>The original's own pixels; not for everyone.</summary>
    public string Full => $"{Page}/{FullSize.Name}{Version}";

    /// <summary>Addresses with their real widths, for a <c>srcset</c>; of several that are the same picture only one.</summary>
    public string SourceSet(int widthPx, int heightPx, Rendition smallest, Rendition largest) =>
        string.Join(
            ", ",
            Sizes
                .All.Where(rendition => rendition.MaxSidePx >= smallest.MaxSidePx && rendition.MaxSidePx <= largest.MaxSidePx)
                .Reverse()
                .Select(rendition => (Rendition: rendition, rendition.SizeOf(widthPx, heightPx).WidthPx))
                .DistinctBy(source => source.WidthPx)
                .Select(source => string.Create(CultureInfo.InvariantCulture, $"{Of(source.Rendition)} {source.WidthPx}w"))
        );

    private string Of(Rendition rendition) => $"{Page}/{(rendition == Sizes.Thumbnail ? "thumb" : rendition.Name)}{Version}";
}
