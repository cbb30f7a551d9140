using GoImg.Core.Images;
using GoImg.Core.Rendering;
using GoImg.Core.Shared;
using GoImg.Core.Storage;
using GoImg.Web.Http;
using GoImg.Web.Shell;
using Microsoft.Net.Http.Headers;

namespace GoImg.Web.Images;

/// <summary>Answers with an image's bytes: who may have them, in which format, and with which headers.</summary>
internal sealed class ImageContentResults(ImageContentReader images, RenditionSet renditions, IDirectDelivery direct)
{
    /// <summary>One rendition; null <paramref name="file"/> or an unknown name answers as absent.</summary>
    public async Task<IResult> RenditionAsync(HttpContext http, ImageFile? file, string name)
    {
        if (file is null || renditions.Find(name) is not { } rendition)
            return Refuse(http, new NotFound("image"));

        var asJpeg = !http.Request.AcceptsWebP();
        http.Response.Headers.Vary = HeaderNames.Accept;
        if (HttpMethods.IsGet(http.Request.Method) && await images.DirectAddressAsync(file, rendition, asJpeg, http.RequestAborted) is { } address)
            return RedirectTo(http, address);
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

    /// <summary>The original's pixels without its metadata, for who may download them; 202 while they are being made.</summary>
    public async Task<IResult> FullSizeAsync(HttpContext http, ImageFile? file) =>
        file is not { CanDownload: true }
            ? Refuse(http, new NotFound("image"))
            : await SendAsync(
                http,
                file,
                TagOf(file, FullSize.Name),
                Caching.Never,
                "image/webp",
                null,
                () => images.FullSizeAsync(file, http.RequestAborted)
            );

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
                FileName.ForDownload(file.FileName ?? "image." + file.Format.Extension()),
                () => images.OriginalAsync(file, http.RequestAborted)
            );

    /// <summary>To keep: the original for its owner; for others, where the owner allows it, a copy with nothing but the picture, 202 while it is being made.</summary>
    public async Task<IResult> DownloadAsync(HttpContext http, ImageFile? file)
    {
        if (file is { CanReadOriginal: true })
            return await OriginalAsync(http, file);
        if (file is not { CanDownload: true })
            return Refuse(http, file is null ? new NotFound("image") : new NotAllowed(ImageTexts.NotForDownload));

        var format = file.Renditions.Select(DownloadCopy.FormatOf).FirstOrDefault(format => format is not null) ?? file.Format;
        return await SendAsync(
            http,
            file,
            TagOf(file, "download"),
            Caching.Never,
            format.MediaType(),
            FileName.OfTitle(file.Title, "." + format.Extension()),
            async () => await images.DownloadAsync(file, http.RequestAborted) is var opened && opened.IsSuccess ? opened.Value.Content : opened.Error!
        );
    }

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
        var asked = http.Request.GetTypedHeaders();
        // In this order: RFC 9110, section 13.2.2.
        if (
            asked.IfMatch.Count > 0
            && !asked.IfMatch.Any(wanted => wanted.Equals(EntityTagHeaderValue.Any) || wanted.Compare(tag, useStrongComparison: true))
        )
            return Refuse(http, new OtherVersion());
        Guard(http, caching, file.IsEmbeddable);
        // Asked for only then: it brings the whole unit of work with it.
        if (file.IsNotedWhenRead)
            await http.RequestServices.GetRequiredService<StaffViews>().AuditPrivateViewAsync(http.GetActor(), file, http.RequestAborted);
        if (asked.IfNoneMatch.Any(known => known.Equals(EntityTagHeaderValue.Any) || known.Compare(tag, useStrongComparison: false)))
        {
            http.Response.GetTypedHeaders().ETag = tag;
            return TypedResults.StatusCode(StatusCodes.Status304NotModified);
        }

        var opened = await open();
        return opened.Match<IResult>(
            content =>
                content is MemoryStream held && held.TryGetBuffer(out var bytes)
                    ? TypedResults.Bytes(bytes.AsMemory(), mediaType, downloadName, enableRangeProcessing: true, lastModified: null, tag)
                    : TypedResults.Stream(content, mediaType, downloadName, lastModified: null, tag, enableRangeProcessing: true),
            error => Refuse(http, error)
        );
    }

    // One's own browser may keep where it was sent for less time than the address is good for, and no cache that others share.
    private Microsoft.AspNetCore.Http.HttpResults.RedirectHttpResult RedirectTo(HttpContext http, Uri address)
    {
        http.Response.Headers.XContentTypeOptions = "nosniff";
        http.Response.Headers.CacheControl = $"private, max-age={(int)(direct.ValidFor * 0.8).TotalSeconds}";
        return TypedResults.Redirect(address.AbsoluteUri);
    }

    private static IResult Refuse(HttpContext http, Error error)
    {
        Guard(http, Caching.Never);
        if (error is ImageErrors.FullSizeIsBeingMade or ImageErrors.DownloadIsBeingMade)
        {
            http.Response.Headers.RetryAfter = "1";
            return TypedResults.StatusCode(StatusCodes.Status202Accepted);
        }

        if (error.Kind == ErrorKind.Unavailable)
            http.Response.Headers.RetryAfter = "30";
        return new ErrorResult(error);
    }

    /// <summary>The headers of bytes that began as a stranger's: they are shown as a picture and as nothing else.</summary>
    /// <param name="isEmbeddable">Pages of other sites may show them.</param>
    internal static void Guard(HttpContext http, Caching caching, bool isEmbeddable = false)
    {
        var response = http.Response;
        response.Headers.XContentTypeOptions = "nosniff";
        response.Headers.ContentSecurityPolicy = "default-src 'none'; sandbox";
        response.Headers["Cross-Origin-Resource-Policy"] = isEmbeddable ? "cross-origin" : "same-origin";
        // A takedown reaches shared caches within five minutes; what not everybody may see reaches none.
        response.Headers.CacheControl = caching switch
        {
            // One's own browser may keep what its page will never ask for again under this address.
            Caching.Render => "public, max-age=31536000, s-maxage=300, immutable",
            Caching.Image => "public, max-age=86400, s-maxage=300",
            _ => "private, no-store",
        };
        response.OnStarting(static state => KeepOnlyBytes((HttpResponse)state), response);
    }

    // What turned out to be no answer with bytes (a range beyond the end, a fault on the way) is kept by no one.
    private static Task KeepOnlyBytes(HttpResponse response)
    {
        if (response.StatusCode is not (StatusCodes.Status200OK or StatusCodes.Status206PartialContent or StatusCodes.Status304NotModified))
        {
            response.Headers.CacheControl = "private, no-store";
            response.Headers.ETag = default;
        }

        return Task.CompletedTask;
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
