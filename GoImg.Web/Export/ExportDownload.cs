using GoImg.Core.Export;
using GoImg.Core.Shared;
using GoImg.Web.Shell;
using Microsoft.Net.Http.Headers;

namespace GoImg.Web.Export;

internal static class ExportDownload
{
    public static void MapExport(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/account/export/{id:guid}/download", DownloadAsync).RequireAuthorization();

    /// <summary>Everything that can go wrong is found out before the first byte; after it only a cut connection can tell of trouble.</summary>
    public static async Task<Error?> SendAsync(HttpContext http, ExportAccount exports, IExportArchive archive, Guid id)
    {
        var actor = http.GetActor();
        var opened = await exports.OpenAsync(actor, new ExportId(id), http.RequestAborted);
        if (opened.Error is { } error)
            return error;

        var name = $"goimg-{http.User.Identity?.Name}-{opened.Value.RequestedAt:yyyy-MM-dd}.zip";
        http.Response.ContentType = "application/zip";
        http.Response.Headers.ContentDisposition = new ContentDispositionHeaderValue("attachment") { FileName = name }.ToString();
        http.Response.Headers.CacheControl = "private, no-store";
        http.Response.Headers.XContentTypeOptions = "nosniff";
        await archive.WriteAsync(actor, http.Response.Body, http.RequestAborted);
        return null;
    }

    private static async Task<IResult> DownloadAsync(Guid id, HttpContext http, ExportAccount exports, IExportArchive archive)
    {
        switch (await SendAsync(http, exports, archive, id))
        {
            case null:
                return Results.Empty;
            case NotFound:
                return Results.NotFound();
            case var error:
                new Flash(ErrorText.Of(error)).Leave(http);
                return Results.LocalRedirect("/account/export");
        }
    }
}
