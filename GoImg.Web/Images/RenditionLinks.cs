using GoImg.Core.Accounts;
using GoImg.Core.Images;
using GoImg.Core.Rendering;
using GoImg.Web.Api;
using GoImg.Web.Shell;

namespace GoImg.Web.Images;

/// <summary>Browsers' direct links to an image's bytes. Every request is answered by who may see the image now: a picture made private is
/// private with the next request.</summary>
internal static class RenditionLinks
{
    private static readonly string[] Methods = ["GET", "HEAD"];

    public static void MapRenditions(this IEndpointRouteBuilder routes)
    {
        // Names are of letters and digits (RenderOptions).
        var names = routes.ServiceProvider.GetRequiredService<RenditionSet>().All.Select(rendition => rendition.Name).Append("thumb");
        // The API's answers lead here, so its tokens are good here too.
        var links = routes.MapGroup("").AllowAnonymous().WithScope(TokenScope.Read);
        links.MapMethods($"/i/{{slug}}/{{rendition:regex(^({string.Join('|', names)})$)}}", Methods, SendAsync);
        links.MapMethods("/i/{slug}/full", Methods, SendFullSizeAsync);
        links.MapMethods("/i/{slug}/download", Methods, DownloadAsync);
    }

    private static async Task<IResult> SendAsync(HttpContext http, string slug, string rendition, IImageFiles files, ImageContentResults bytes) =>
        await bytes.RenditionAsync(http, await files.FindAsync(http.GetActor(), slug, http.RequestAborted), rendition);

    private static async Task<IResult> SendFullSizeAsync(HttpContext http, string slug, IImageQueries images, ImageContentResults bytes) =>
        await bytes.FullSizeAsync(http, await images.FindFileAsync(http.GetActor(), slug, http.RequestAborted));

    private static async Task<IResult> DownloadAsync(HttpContext http, string slug, IImageQueries images, ImageContentResults bytes, IImageUrls urls)
    {
        var file = await images.FindFileAsync(http.GetActor(), slug, http.RequestAborted);
        // Who follows a link gets a page that waits for it, not an answer with nothing in it.
        return file is { CanDownload: true, CanReadOriginal: false } && !file.Renditions.Any(DownloadCopy.IsOne) && AsksForPage(http.Request)
            ? TypedResults.Redirect(urls.Action(slug, "downloading"))
            : await bytes.DownloadAsync(http, file);
    }

    private static bool AsksForPage(HttpRequest request) => request.GetTypedHeaders().Accept.Any(type => type.MediaType == "text/html");
}
