using GoImg.Core.Accounts;
using GoImg.Core.Images;
using GoImg.Core.Rendering;
using GoImg.Core.Shared;
using GoImg.Web.Api;
using GoImg.Web.Shell;
using GoImg.Web.Uploads;
using Microsoft.AspNetCore.Http.HttpResults;

namespace GoImg.Web.Images;

internal static class ImagesApi
{
    private static readonly string[] OriginalTypes = [.. Enum.GetValues<ImageFormat>().Select(format => format.MediaType())];

    public static void MapImages(this RouteGroupBuilder api)
    {
        var images = api.MapGroup("/images").WithTags("images").ProducesProblem(404);
        // No Accepts(): routing would refuse other content types before the upload could say what it wants.
        images
            .MapPost("", UploadAsync)
            .WithScope(TokenScope.Upload)
            .WithSummary("Uploads an image, or with a JSON body fetches it from an address, where the site allows that")
            .AddOpenApiOperationTransformer(UploadFormDocument.DescribeAsync)
            .TakesIdempotencyKey()
            .ProducesProblem(413)
            .ProducesProblem(415)
            .ProducesProblem(507);
        images.MapGet("/{id:guid}", GetAsync).WithScope(TokenScope.Read).AllowAnonymous().WithSummary("An image");
        images
            .MapGet("/{id:guid}/status", StatusAsync)
            .WithScope(TokenScope.Read)
            .AllowAnonymous()
            .WithSummary("How an image stands: processing with its stage, active, failed with its reason");
        images
            .MapPatch("/{id:guid}", PatchAsync)
            .WithScope(TokenScope.Write)
            .WithSummary("Changes what is given")
            .ProducesProblem(403)
            .ProducesProblem(409)
            .ProducesProblem(412);
        images
            .MapPut("/{id:guid}", PutAsync)
            .WithScope(TokenScope.Write)
            .WithSummary("Replaces all details")
            .ProducesProblem(403)
            .ProducesProblem(409)
            .ProducesProblem(412);
        images
            .MapDelete("/{id:guid}", DeleteAsync)
            .WithScope(TokenScope.Write)
            .WithSummary("Moves to the trash; with permanent=true deletes permanently")
            .ProducesProblem(400)
            .ProducesProblem(403);
        images
            .MapPost("/{id:guid}/restore", RestoreAsync)
            .WithScope(TokenScope.Write)
            .WithSummary("Takes an image out of the trash")
            .ProducesProblem(403);
        images
            .MapPost("/{id:guid}/retry", RetryAsync)
            .WithScope(TokenScope.Write)
            .WithSummary("Tries a failed image again")
            .ProducesProblem(403)
            .ProducesProblem(409);
        images
            .MapGet("/{id:guid}/variants/{name}", VariantAsync)
            .WithScope(TokenScope.Read)
            .AllowAnonymous()
            .WithSummary(
                "Bytes: thumbnail, small, medium, large, xlarge; original for its owner. Where the site has them in a bucket that delivers, a public one is a redirect to it"
            )
            .Produces<Stream>(200, "image/webp", OriginalTypes)
            .Produces(302)
            .Produces(304);
        images
            .MapGet("/{id:guid}/download", DownloadAsync)
            .WithScope(TokenScope.Read)
            .AllowAnonymous()
            .WithSummary(
                "The original for its owner; for others, if the owner allows it, the same picture without metadata: 202 with Retry-After while it is being made"
            )
            .ProducesProblem(403)
            .Produces<Stream>(200, "image/jpeg", OriginalTypes)
            .Produces(202)
            .Produces(304);
        api.MapGet("/users/me/images", MineAsync)
            .WithScope(TokenScope.Read)
            .WithTags("images")
            .WithSummary("One's own images of every state but deleted, newest first")
            .ProducesProblem(400);
    }

    private static async Task<Results<Created<ImageResponse>, Ok<ImageResponse>, ProblemHttpResult>> UploadAsync(
        HttpContext http,
        UploadReceiver uploads,
        UploadFromAddress addresses,
        IImageQueries images,
        ApiLinks links
    )
    {
        var actor = http.GetActor();
        var uploaded = http.Request.HasJsonContentType()
            ? await AddressUploads.TakeJsonAsync(http, actor, addresses)
            : await uploads.TakeOneAsync(http, actor);
        if (uploaded.Error is { } refused)
            return refused.ToProblem(http);

        // Saved: the answer is not cut short. Only a purge in this very moment can make it absent.
        if (await images.FindAsync(actor, uploaded.Value.ImageId, CancellationToken.None) is not { } view)
            return new Core.Shared.NotFound("image").ToProblem(http);
        var answer = ImageResponse.From(actor, view, links);
        return uploaded.Value.IsDuplicate ? TypedResults.Ok(answer) : TypedResults.Created(links.Resource($"images/{answer.Id}"), answer);
    }

    private static async Task<Results<Versioned<ImageResponse>, ProblemHttpResult>> GetAsync(
        Guid id,
        HttpContext http,
        IImageQueries images,
        StaffViews views,
        ApiLinks links
    )
    {
        if (await images.FindAsync(http.GetActor(), new ImageId(id), http.RequestAborted) is not { } view)
            return new Core.Shared.NotFound("image").ToProblem(http);
        await views.AuditPrivateViewAsync(http.GetActor(), view, http.RequestAborted);
        return Versioned(http.GetActor(), view, links);
    }

    private static async Task<Results<Ok<ImageStatusResponse>, ProblemHttpResult>> StatusAsync(
        Guid id,
        HttpContext http,
        IImageQueries images,
        StaffViews views
    )
    {
        if (await images.FindAsync(http.GetActor(), new ImageId(id), http.RequestAborted) is not { } view)
            return new Core.Shared.NotFound("image").ToProblem(http);
        await views.AuditPrivateViewAsync(http.GetActor(), view, http.RequestAborted);
        return TypedResults.Ok(ImageStatusResponse.From(view));
    }

    private static Task<Results<Versioned<ImageResponse>, ProblemHttpResult>> PatchAsync(
        Guid id,
        ImageRequest request,
        HttpContext http,
        IImageQueries images,
        ImageService service,
        ApiLinks links
    ) => EditAsync(id, http, images, service, links, request.Over);

    private static Task<Results<Versioned<ImageResponse>, ProblemHttpResult>> PutAsync(
        Guid id,
        ImageRequest request,
        HttpContext http,
        IImageQueries images,
        ImageService service,
        ApiLinks links
    ) => EditAsync(id, http, images, service, links, _ => request.Whole());

    private static async Task<Results<NoContent, ProblemHttpResult>> DeleteAsync(
        Guid id,
        HttpContext http,
        Trash trash,
        DeletePermanently delete,
        bool permanent = false
    ) =>
        Answer(
            http,
            permanent
                ? await delete.OneAsync(http.GetActor(), new ImageId(id), http.RequestAborted)
                : await trash.MoveAsync(http.GetActor(), new ImageId(id), http.RequestAborted)
        );

    private static async Task<Results<NoContent, ProblemHttpResult>> RestoreAsync(Guid id, HttpContext http, Trash trash) =>
        Answer(http, await trash.RestoreAsync(http.GetActor(), new ImageId(id), http.RequestAborted));

    private static async Task<Results<NoContent, ProblemHttpResult>> RetryAsync(Guid id, HttpContext http, ImageService service) =>
        Answer(http, await service.RetryAsync(http.GetActor(), new ImageId(id), http.RequestAborted));

    private static async Task<IResult> VariantAsync(Guid id, string name, HttpContext http, IImageFiles files, ImageContentResults bytes)
    {
        var file = await files.FindAsync(http.GetActor(), new ImageId(id), http.RequestAborted);
        return name == "original" ? await bytes.OriginalAsync(http, file) : await bytes.RenditionAsync(http, file, name);
    }

    private static async Task<IResult> DownloadAsync(Guid id, HttpContext http, IImageQueries images, ImageContentResults bytes) =>
        await bytes.DownloadAsync(http, await images.FindFileAsync(http.GetActor(), new ImageId(id), http.RequestAborted));

    private static async Task<Results<Ok<ListResponse<ImageItemResponse>>, ProblemHttpResult>> MineAsync(
        [AsParameters] ListQuery query,
        HttpContext http,
        IImageQueries images,
        ApiLinks links
    )
    {
        if (query.Check() is { } unfit)
            return unfit.ToProblem(http);
        var page = await images.LibraryPageAsync(http.GetActor(), query.Wanted, http.RequestAborted);
        return http.OkList(page, query, tile => ImageItemResponse.From(tile, links));
    }

    private static async Task<Results<Versioned<ImageResponse>, ProblemHttpResult>> EditAsync(
        Guid id,
        HttpContext http,
        IImageQueries images,
        ImageService service,
        ApiLinks links,
        Func<ImageView, Result<ImageEdit>> editOf
    )
    {
        var (actor, image) = (http.GetActor(), new ImageId(id));
        if (await images.FindAsync(actor, image, http.RequestAborted) is not { } before)
            return new Core.Shared.NotFound("image").ToProblem(http);
        if (http.CheckIfMatch(before.Version) is { } other)
            return other.ToProblem(http);
        var edit = editOf(before);
        if (edit.Error is { } unfit)
            return unfit.ToProblem(http);

        var wanted = http.HasIfMatch() ? edit.Value with { Version = edit.Value.Version ?? before.Version } : edit.Value;
        var edited = await service.EditAsync(actor, image, wanted, http.RequestAborted);
        if (edited.Error is { } refused)
            return refused.UnderIfMatch(http).ToProblem(http);
        return await images.FindAsync(actor, image, http.RequestAborted) is { } after
            ? Versioned(actor, after, links)
            : new Core.Shared.NotFound("image").ToProblem(http);
    }

    private static Versioned<ImageResponse> Versioned(Actor actor, ImageView view, ApiLinks links) =>
        new(ImageResponse.From(actor, view, links), view.Version);

    private static Results<NoContent, ProblemHttpResult> Answer(HttpContext http, Result result) =>
        result.Error is { } error ? error.ToProblem(http) : TypedResults.NoContent();
}
