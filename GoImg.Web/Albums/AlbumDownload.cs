using GoImg.Core.Albums;
using GoImg.Core.Images;
using GoImg.Web.Shell;
using Microsoft.Net.Http.Headers;

namespace GoImg.Web.Albums;

/// <summary>An album as a zip. Who asks before the copies for others are made waits on <see cref="AlbumDownloadingPage"/>, whose script asks by HEAD.</summary>
internal static class AlbumDownload
{
    private static readonly string[] Methods = ["GET", "HEAD"];

    public static void MapAlbumDownload(this IEndpointRouteBuilder routes) =>
        routes.MapMethods("/a/{slug}/download", Methods, SendAsync).AllowAnonymous();

    private static async Task<IResult> SendAsync(
        HttpContext http,
        string slug,
        string? now,
        IAlbumQueries albums,
        AlbumStaffViews views,
        DownloadAlbum download,
        IAlbumArchive archive
    )
    {
        var actor = http.GetActor();
        if (await albums.FindAsync(actor, slug, http.RequestAborted) is not { } album)
            return Results.NotFound();

        var copies = await download.PrepareAsync(actor, album, http.RequestAborted);
        if (copies is { Ready: 0, Missing: 0 })
            return PostRedirect.Back(http, $"/a/{album.Slug}", new Flash(AlbumTexts.NothingToDownload));
        http.Response.Headers.CacheControl = "private, no-store";
        if (copies.Missing > 0 && now is null)
            return HttpMethods.IsHead(http.Request.Method)
                ? TypedResults.StatusCode(StatusCodes.Status202Accepted)
                : TypedResults.Redirect($"/a/{album.Slug}/downloading");

        await views.AuditAsync(actor, album, http.RequestAborted);
        http.Response.ContentType = "application/zip";
        http.Response.Headers.ContentDisposition = Disposition(album.Title);
        http.Response.Headers.XContentTypeOptions = "nosniff";
        if (!HttpMethods.IsHead(http.Request.Method))
            await archive.WriteAsync(download.OpenAsync(actor, album, http.RequestAborted), http.Response.Body, http.RequestAborted);
        return Results.Empty;
    }

    private static string Disposition(string title)
    {
        var disposition = new ContentDispositionHeaderValue("attachment");
        disposition.SetHttpFileName(FileName.OfTitle(title, ".zip"));
        return disposition.ToString();
    }
}
