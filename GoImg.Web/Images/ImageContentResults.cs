using GoImg.Core.Images;
using GoImg.Core.Rendering;
using GoImg.Core.Shared;
using GoImg.Web.Http;
using GoImg.Web.Shell;
using Microsoft.Net.Http.Headers;

namespace GoImg.Web.Images;

/// <summary>Answers with an image's bytes: who may have them, in which format, and with which headers.</summary>
internal sealed class ImageContentResults(ImageContentReader images, StaffViews views)
{
    /// <summary>One rendition; null <paramref name="file"/> or rendition answers as absent.</summary>
    public async Task<IResult> RenditionAsync(HttpContext http, ImageFile? file, Rendition? rendition)
    {
        if (file is null || rendition is null)
            return Refuse(http, new NotFound("image"));

        var asJpeg = !AcceptHeader.WebP(http.Request);
        http.Response.Headers.Vary = HeaderNames.Accept;
        return await SendAsync(
            http,
            file,
            TagOf(file, $"{rendition.Name}-{(asJpeg ? "jpg" : "webp")}"),
            CachingOf(http, file),
            asJpeg ? "image/jpeg" : "image/webp",
            null,
            () => images.RenditionAsync(file, rendition, asJpeg, http.RequestAborted)
        );
    }

    /// <summary>The uploaded bytes for their owner. Always as an attachment: nothing here has looked inside them for what a browser might run.</summary>
    public Task<IResult> OriginalAsync(HttpContext http, ImageFile? file) =>
        file is not { CanReadOriginal: true }
            ? Task.FromResult(Refuse(http, new NotFound("image")))
            : SendAsync(
                http,
                file,
                new EntityTagHeaderValue($"\"{Convert.ToHexStringLower(file.Sha256)}\""),
                Caching.Never,
                file.Format.MediaType(),
                file.FileName ?? "image." + file.Format.Extension(),
                () => images.OriginalAsync(file, http.RequestAborted)
            );

    /// <summary>To keep: the original for its owner; for others, where the owner allows it, our own largest rendition, which carries no metadata.</summary>
    public Task<IResult> DownloadAsync(HttpContext http, ImageFile? file) =>
        file switch
        {
            { CanReadOriginal: true } => OriginalAsync(http, file),
            { CanDownload: true } => SendAsync(
                http,
                file,
                TagOf(file, "download"),
                Caching.Never,
                "image/jpeg",
                // A title is no path: "AC/DC" keeps both its halves.
                FileName.ForDisplay(file.Title.Replace('/', '-').Replace('\\', '-')) + ".jpg",
                () => images.RenditionAsync(file, Rendition.Large, asJpeg: true, http.RequestAborted)
            ),
            null => Task.FromResult(Refuse(http, new NotFound("image"))),
            _ => Task.FromResult(Refuse(http, new NotAllowed(ImageTexts.NotForDownload))),
        };

    // By id and render: the original's hash is its owner's, and this goes to everyone.
    private static EntityTagHeaderValue TagOf(ImageFile file, string what) => new($"\"{file.Id.Value:n}-{file.RenditionSet}-{what}\"");

    private async Task<IResult> SendAsync(
        HttpContext http,
        ImageFile file,
        EntityTagHeaderValue tag,
        Caching caching,
        string mediaType,
        string? downloadName,
        Func<Task<Result<Stream>>> open
    )
    {
        Guard(http.Response, caching);
        await views.AuditPrivateViewAsync(http.GetActor(), file, http.RequestAborted);
        if (http.Request.GetTypedHeaders().IfNoneMatch.Any(known => known.Compare(tag, useStrongComparison: false)))
        {
            http.Response.GetTypedHeaders().ETag = tag;
            return TypedResults.StatusCode(StatusCodes.Status304NotModified);
        }

        var opened = await open();
        return opened.Match(
            content => TypedResults.Stream(content, mediaType, downloadName, lastModified: null, tag, enableRangeProcessing: true),
            error => Refuse(http, error)
        );
    }

    private static IResult Refuse(HttpContext http, Error error)
    {
        Guard(http.Response, Caching.Never);
        if (error.Kind == ErrorKind.Unavailable)
            http.Response.Headers.RetryAfter = "30";
        return new ErrorResult(error);
    }

    /// <summary>The headers of bytes that began as a stranger's.</summary>
    internal static void Guard(HttpResponse response, Caching caching)
    {
        // Bytes that began as a stranger's are shown as a picture and as nothing else, here and on no other site's page.
        response.Headers.XContentTypeOptions = "nosniff";
        response.Headers.ContentSecurityPolicy = "default-src 'none'; sandbox";
        response.Headers["Cross-Origin-Resource-Policy"] = "same-site";
        // A takedown reaches shared caches within five minutes; what not everybody may see reaches none.
        response.Headers.CacheControl = caching switch
        {
            // One's own browser may keep what its page will never ask for again under this address.
            Caching.Render => "public, max-age=31536000, s-maxage=300, immutable",
            Caching.Image => "public, max-age=86400, s-maxage=300",
            _ => "private, no-store",
        };
    }

    // An address that names another set than is served gets today's bytes, and must not keep them.
    private static Caching CachingOf(HttpContext http, ImageFile file) =>
        !file.IsPubliclyCacheable ? Caching.Never
        : http.Request.Query[ImageUrls.VersionKey] == file.RenditionSet ? Caching.Render
        : Caching.Image;

    /// <summary>How long bytes may be kept away from the server.</summary>
    internal enum Caching
    {
        /// <summary>Not at all: not everyone may see them, or not for ever.</summary>
        Never,

        /// <summary>A day: another render has the same address.</summary>
        Image,

        /// <summary>A year: the address is that of one render.</summary>
        Render,
    }
}
