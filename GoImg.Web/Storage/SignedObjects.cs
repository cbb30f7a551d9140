using System.Globalization;
using GoImg.Core.Shared;
using GoImg.Core.Storage;
using GoImg.Web.Http;
using GoImg.Web.Images;

namespace GoImg.Web.Storage;

/// <summary>Serves the addresses that a store of this machine signs: who has one may GET the object until its time is over.</summary>
internal static class SignedObjects
{
    private static readonly string[] Methods = ["GET", "HEAD"];

    public static void MapSignedObjects(this IEndpointRouteBuilder routes) =>
        routes.MapMethods(SignedUrl.Root + "/{**key}", Methods, SendAsync).AllowAnonymous().ExcludeFromDescription();

    private static async Task<IResult> SendAsync(
        HttpContext http,
        string key,
        string? expires,
        string? signature,
        IObjectStore store,
        ISignedUrls addresses
    )
    {
        ImageContentResults.Guard(http, ImageContentResults.Caching.Never);
        if (ObjectKey.TryParse(key) is not { } named || !long.TryParse(expires, NumberStyles.None, CultureInfo.InvariantCulture, out var expiresAt))
            return new ErrorResult(new SignedUrlErrors.WrongSignature());
        if ((await addresses.CheckAsync(new SignedUrl(named, expiresAt, signature ?? ""), http.RequestAborted)).Error is { } refused)
            return new ErrorResult(refused);
        if (
            await store.StatAsync(named, http.RequestAborted) is not { } info
            || await store.OpenAsync(named, range: null, http.RequestAborted) is not { } opened
        )
            return new ErrorResult(new NotFound("object"));

        if (info.Metadata.CacheControl is { } caching)
            http.Response.Headers.CacheControl = caching;
        // As an attachment: it is shown in an img, and by itself runs nowhere.
        return TypedResults.Stream(
            new ObjectStream(store, named, opened),
            info.Metadata.ContentType ?? "application/octet-stream",
            fileDownloadName: key[(key.LastIndexOf('/') + 1)..],
            lastModified: info.WrittenAt,
            enableRangeProcessing: true
        );
    }
}
