using GoImg.Core.Images;
using GoImg.Core.Rendering;

namespace GoImg.Web.Images;

/// <inheritdoc/>
internal sealed class ImageUrls(RenditionSet renditions) : IImageUrls
{
    /// <summary>The query that names a set of renditions.</summary>
    public const string VersionKey = "v";

    public string Page(string slug) => "/i/" + slug;

    public string Page(string slug, ImageContext from) => $"{Page(slug)}?in={Uri.EscapeDataString(from.ToString())}";

    public string Action(string slug, string action) => $"{Page(slug)}/{action}";

    public string Download(string slug) => Action(slug, "download");

    public RenditionUrls Renditions(ImageTile image) => Renditions(image.Slug, image.RenditionSet);

    public RenditionUrls Renditions(string slug) => Renditions(slug, set: "");

    public RenditionUrls Renditions(string slug, string set)
    {
        return new(renditions, Page(slug), set.Length > 0 ? $"?{VersionKey}={set}" : "");
    }
}
