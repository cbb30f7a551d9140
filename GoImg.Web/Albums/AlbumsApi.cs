using GoImg.Core.Accounts;
using GoImg.Core.Albums;
using GoImg.Core.Images;
using GoImg.Core.Shared;
using GoImg.Core.SignIn;
using GoImg.Web.Api;
using GoImg.Web.Images;
using GoImg.Web.Shell;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace GoImg.Web.Albums;

internal static class AlbumsApi
{
    public static void MapAlbumsApi(this RouteGroupBuilder api)
    {
        var albums = api.MapGroup("/albums").WithTags("albums").ProducesProblem(404);
        albums
            .MapGet("", ListAsync)
            .WithScope(TokenScope.Read)
            .AllowAnonymous()
            .WithSummary("Public albums, newest first, or one member's; of one's own all")
            .ProducesProblem(400);
        albums.MapPost("", CreateAsync).WithScope(TokenScope.Write).WithSummary("Makes an album, with images in it if wanted").TakesIdempotencyKey();
        albums.MapGet("/{id:guid}", FindAsync).WithScope(TokenScope.Read).AllowAnonymous().WithSummary("An album");
        albums
            .MapPut("/{id:guid}", EditAsync)
            .WithScope(TokenScope.Write)
            .WithSummary("Replaces all details")
            .ProducesProblem(409)
            .ProducesProblem(412);
        albums.MapDelete("/{id:guid}", DeleteAsync).WithScope(TokenScope.Write).WithSummary("Moves an album to the trash; its images stay");
        albums
            .MapGet("/{id:guid}/images", ImagesAsync)
            .WithScope(TokenScope.Read)
            .AllowAnonymous()
            .WithSummary("What the asker finds in an album, in its order")
            .ProducesProblem(400);
        albums
            .MapPost("/{id:guid}/images", AddAsync)
            .WithScope(TokenScope.Write)
            .WithSummary("Puts up to 100 of one's own images at the end; those in it already stay where they are. All or none.");
        albums
            .MapDelete("/{id:guid}/images/{imageId:guid}", RemoveAsync)
            .WithScope(TokenScope.Write)
            .WithSummary("Takes an image out of an album; the image stays");
        albums
            .MapPut("/{id:guid}/images/reorder", ReorderAsync)
            .WithScope(TokenScope.Write)
            .WithSummary("Puts these images first, in this order; all others keep theirs behind them");
    }

    private static async Task<Results<Ok<ListResponse<AlbumItemResponse>>, ProblemHttpResult>> ListAsync(
        [FromQuery(Name = "owner_id")] string? ownerId,
        [AsParameters] ListQuery query,
        HttpContext http,
        MemberService members,
        IAlbumQueries albums,
        ApiLinks links
    )
    {
        if (query.Check() is { } wrong)
            return wrong.ToProblem(http);
        MemberId? owner = null;
        if (ownerId is { Length: > 0 })
        {
            if (!Guid.TryParse(ownerId, out var id))
                return new ValidationFailed("owner_id", ApiErrorTexts.NoId.With("owner_id")).ToProblem(http);
            owner = new MemberId(id);
            if ((await members.GetAsync(http.GetActor(), owner.Value, http.RequestAborted)).Error is { } hidden)
                return hidden.ToProblem(http);
        }

        var page = await albums.ListAsync(http.GetActor(), owner, query.Wanted, http.RequestAborted);
        return http.OkList(page, query, album => AlbumItemResponse.From(album, links));
    }

    private static async Task<Results<Created<AlbumResponse>, ProblemHttpResult>> CreateAsync(
        NewAlbumRequest request,
        HttpContext http,
        AlbumService service,
        IAlbumQueries albums,
        ApiLinks links
    )
    {
        var details = request.ToDetails();
        var images = ImageIdsRequest.Read(request.ImageIds, mayBeEmpty: true);
        if ((details.Error ?? images.Error) is { } wrong)
            return wrong.ToProblem(http);

        var actor = http.GetActor();
        var created = await service.CreateAsync(actor, details.Value, images.Value, http.RequestAborted);
        if (created.Error is { } refused)
            return refused.ToProblem(http);
        // Saved: the answer is not cut short.
        return await albums.FindAsync(actor, created.Value.Id, CancellationToken.None) is { } album
            ? TypedResults.Created(links.Resource($"albums/{album.Id}"), AlbumResponse.From(album, links))
            : new Core.Shared.NotFound("album").ToProblem(http);
    }

    private static async Task<Results<Versioned<AlbumResponse>, ProblemHttpResult>> FindAsync(
        Guid id,
        HttpContext http,
        IAlbumQueries albums,
        AlbumStaffViews views,
        ApiLinks links
    )
    {
        if (await albums.FindAsync(http.GetActor(), new AlbumId(id), http.RequestAborted) is not { } album)
            return new Core.Shared.NotFound("album").ToProblem(http);
        await views.AuditAsync(http.GetActor(), album, http.RequestAborted);
        return Versioned(album, links);
    }

    private static async Task<Results<Versioned<AlbumResponse>, ProblemHttpResult>> EditAsync(
        Guid id,
        AlbumRequest request,
        HttpContext http,
        AlbumService service,
        IAlbumQueries albums,
        ApiLinks links
    )
    {
        var (actor, album) = (http.GetActor(), new AlbumId(id));
        var details = request.ToDetails();
        if (details.Error is { } wrong)
            return wrong.ToProblem(http);
        var version = request.Version;
        if (http.HasIfMatch())
        {
            if (await albums.FindAsync(actor, album, http.RequestAborted) is not { } before || !actor.Is(before.OwnerId))
                return new Core.Shared.NotFound("album").ToProblem(http);
            if (http.CheckIfMatch(before.Version) is { } other)
                return other.ToProblem(http);
            version ??= before.Version;
        }

        var cover = new AlbumCover(request.CoverImageId is { } image ? new ImageId(image) : null);
        var edited = await service.EditAsync(actor, album, details.Value, cover, version, http.RequestAborted);
        if (edited.Error is { } refused)
            return refused.UnderIfMatch(http).ToProblem(http);
        return await albums.FindAsync(actor, album, CancellationToken.None) is { } after
            ? Versioned(after, links)
            : new Core.Shared.NotFound("album").ToProblem(http);
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> DeleteAsync(Guid id, HttpContext http, AlbumService service) =>
        Answer(http, await service.DeleteAsync(http.GetActor(), new AlbumId(id), http.RequestAborted));

    private static async Task<Results<Ok<ListResponse<ImageItemResponse>>, ProblemHttpResult>> ImagesAsync(
        Guid id,
        [AsParameters] ListQuery query,
        HttpContext http,
        IAlbumQueries albums,
        AlbumStaffViews views,
        ApiLinks links
    )
    {
        if (query.Check() is { } wrong)
            return wrong.ToProblem(http);
        var actor = http.GetActor();
        if (await albums.FindAsync(actor, new AlbumId(id), http.RequestAborted) is not { } album)
            return new Core.Shared.NotFound("album").ToProblem(http);
        await views.AuditAsync(actor, album, http.RequestAborted);
        var page = await albums.ImagesAsync(actor, album, query.Wanted, http.RequestAborted);
        return http.OkList(page, query, tile => ImageItemResponse.From(tile, links));
    }

    private static async Task<Results<Ok<AlbumResponse>, ProblemHttpResult>> AddAsync(
        Guid id,
        ImageIdsRequest request,
        HttpContext http,
        AlbumService service,
        IAlbumQueries albums,
        ApiLinks links
    )
    {
        var (actor, album, images) = (http.GetActor(), new AlbumId(id), request.ToIds());
        if (images.Error is { } wrong)
            return wrong.ToProblem(http);
        var added = await service.AddImagesAsync(actor, album, images.Value, http.RequestAborted);
        if (added.Error is { } refused)
            return refused.ToProblem(http);
        return await albums.FindAsync(actor, album, CancellationToken.None) is { } after
            ? TypedResults.Ok(AlbumResponse.From(after, links))
            : new Core.Shared.NotFound("album").ToProblem(http);
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> RemoveAsync(Guid id, Guid imageId, HttpContext http, AlbumService service) =>
        Answer(http, await service.RemoveImageAsync(http.GetActor(), new AlbumId(id), new ImageId(imageId), http.RequestAborted));

    private static async Task<Results<NoContent, ProblemHttpResult>> ReorderAsync(
        Guid id,
        ImageIdsRequest request,
        HttpContext http,
        ArrangeAlbum arrange
    )
    {
        var images = request.ToIds();
        return images.Error is { } wrong
            ? wrong.ToProblem(http)
            : Answer(http, await arrange.OrderAsync(http.GetActor(), new AlbumId(id), images.Value, http.RequestAborted));
    }

    private static Versioned<AlbumResponse> Versioned(AlbumView album, ApiLinks links) => new(AlbumResponse.From(album, links), album.Version);

    private static Results<NoContent, ProblemHttpResult> Answer(HttpContext http, Result result) =>
        result.Error is { } error ? error.ToProblem(http) : TypedResults.NoContent();
}
