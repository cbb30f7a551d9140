using GoImg.Core.Images;
using GoImg.Core.Rendering;
using GoImg.Web.Shell;

namespace GoImg.Web.Images;

/// <summary>Browsers' direct links to an image's bytes. Every request asks the database who may see the image: a picture made private is
/// private with the next request.</summary>
internal static class RenditionLinks
{
    private static readonly string[] Methods = ["GET", "HEAD"];

    public static void MapRenditions(this IEndpointRouteBuilder routes)
    {
        routes.MapMethods("/i/{slug}/{rendition:regex(^(thumb|small|medium|large)$)}", Methods, SendAsync).AllowAnonymous();
        routes.MapMethods("/i/{slug}/download", Methods, DownloadAsync).AllowAnonymous();
    }

    private static async Task<IResult> SendAsync(HttpContext http, string slug, string rendition, IImageQueries images, ImageContentResults bytes) =>
        await bytes.RenditionAsync(http, await images.FindFileAsync(http.GetActor(), slug, http.RequestAborted), Rendition.Find(rendition));

    private static async Task<IResult> DownloadAsync(HttpContext http, string slug, IImageQueries images, ImageContentResults bytes) =>
        await bytes.DownloadAsync(http, await images.FindFileAsync(http.GetActor(), slug, http.RequestAborted));
}
