using GoImg.Core.Images;
using GoImg.Web.Http;
using GoImg.Web.Images;

namespace GoImg.Web.Api;

/// <summary>Addresses in answers of the API: absolute when the site knows what it is called (<c>Site:BaseUrl</c>), else paths.</summary>
internal sealed class ApiLinks(IImageUrls images, SiteAddress site)
{
    public string To(string path) => site.Canonical(path);

    /// <summary>Something of the API itself, such as <c>images/{id}</c>.</summary>
    public string Resource(string path) => To($"{ApiV1.Prefix}/{path}");

    public string Page(string slug) => To(images.Page(slug));

    public string Album(string slug) => To("/a/" + slug);

    public VariantAddresses Variants(ImageTile tile)
    {
        var urls = images.Renditions(tile);
        return new(To(urls.Thumbnail), To(urls.Small), To(urls.Medium), To(urls.Large), To(urls.XLarge));
    }
}
