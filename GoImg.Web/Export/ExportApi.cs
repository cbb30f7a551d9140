using GoImg.Core.Accounts;
using GoImg.Core.Export;
using GoImg.Web.Api;
using GoImg.Web.Shell;
using Microsoft.AspNetCore.Http.HttpResults;

namespace GoImg.Web.Export;

internal static class ExportApi
{
    public static void MapExportApi(this RouteGroupBuilder api)
    {
        var export = api.MapGroup("/export").WithTags("export").WithScope(TokenScope.Export).ProducesProblem(404);
        export
            .MapPost("", RequestAsync)
            .WithSummary("Asks for everything of one's own as a zip; twice a day")
            .TakesIdempotencyKey()
            .ProducesProblem(503);
        export.MapGet("/{id:guid}", FindAsync).WithSummary("How the export stands");
        export
            .MapGet("/{id:guid}/download", DownloadAsync)
            .WithSummary("The zip, streamed")
            .Produces<Stream>(200, "application/zip")
            .ProducesProblem(409)
            .ProducesProblem(503);
    }

    private static async Task<Results<Created<ExportResponse>, ProblemHttpResult>> RequestAsync(
        ExportAccount exports,
        ApiLinks links,
        TimeProvider time,
        HttpContext http,
        CancellationToken cancellationToken
    )
    {
        var requested = await exports.RequestAsync(http.GetActor(), cancellationToken);
        return requested.Error is { } error
            ? error.ToProblem(http)
            : TypedResults.Created(links.Resource($"export/{requested.Value.Id}"), ExportResponse.From(requested.Value, links, time.GetUtcNow()));
    }

    private static async Task<Results<Ok<ExportResponse>, ProblemHttpResult>> FindAsync(
        Guid id,
        ExportAccount exports,
        ApiLinks links,
        TimeProvider time,
        HttpContext http,
        CancellationToken cancellationToken
    )
    {
        var found = await exports.FindAsync(http.GetActor(), new ExportId(id), cancellationToken);
        return found.Error is { } error ? error.ToProblem(http) : TypedResults.Ok(ExportResponse.From(found.Value, links, time.GetUtcNow()));
    }

    private static async Task<IResult> DownloadAsync(Guid id, ExportAccount exports, IExportArchive archive, HttpContext http) =>
        await ExportDownload.SendAsync(http, exports, archive, id) is { } error ? error.ToProblem(http) : Results.Empty;
}

/// <summary>An export is ready at once: the zip is made while it is downloaded.</summary>
public sealed record ExportResponse(Guid Id, string Status, DateTimeOffset CreatedAt, DateTimeOffset ExpiresAt, string? DownloadUrl)
{
    internal static ExportResponse From(AccountExport export, ApiLinks links, DateTimeOffset now)
    {
        var isReady = export.IsReady(now);
        return new(
            export.Id.Value,
            isReady ? "ready" : "expired",
            export.RequestedAt,
            export.ExpiresAt,
            isReady ? links.Resource($"export/{export.Id}/download") : null
        );
    }
}
