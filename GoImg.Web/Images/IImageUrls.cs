using GoImg.Core.Images;

namespace GoImg.Web.Images;

/// <summary>Every address of an image: its page, what can be done with it, its bytes. Paths of this site, to be put behind its address where
/// they leave it.</summary>
public interface IImageUrls
{
    string Page(string slug);

    /// <summary>The page as part of the list one comes from.</summary>
    string Page(string slug, ImageContext from);

    /// <summary>Where something is done with the image: <c>edit</c>, <c>trash</c>, <c>restore</c>, <c>retry</c>, <c>like</c>, <c>unlike</c>.</summary>
    string Action(string slug, string action);

    string Download(string slug);

    /// <summary>The renditions that are served now: with another render they have other addresses, and browsers may keep these.</summary>
    RenditionUrls Renditions(ImageTile image);

    /// <inheritdoc cref="Renditions(ImageTile)"/>
    /// <param name="set">The set that is served; empty before the first.</param>
    RenditionUrls Renditions(string slug, string set);

    /// <summary>Whatever is served when they are asked for: to be kept by people and other sites.</summary>
    RenditionUrls Renditions(string slug);
}
