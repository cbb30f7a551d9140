using GoImg.Core.Accounts;
using GoImg.Core.Albums;
using GoImg.Core.Images;
using GoImg.Core.Search;
using GoImg.Core.Shared;
using GoImg.Core.SignIn;
using GoImg.Core.Tags;
using GoImg.Web.Api;
using GoImg.Web.Search;
using GoImg.Web.Shell;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace GoImg.Web.Images;

/// <summary>Lists of images that others may see.</summary>
internal static class ImageListsApi
{
    public static void MapImageLists(this RouteGroupBuilder api)
    {
        var lists = api.MapGroup("").WithTags("images").AllowAnonymous().ProducesProblem(400);
        lists
            .MapGet("/images", ListAsync)
            .WithScope(TokenScope.Read)
            .WithSummary("Public images, newest first, and those that a filter names; with q, best first")
            .ProducesProblem(404);
        lists.MapGet("/explore/recent", RecentAsync).WithScope(TokenScope.Read).WithSummary("Public images, newest first");
        lists
            .MapGet("/users/{id:guid}/images", ByMemberAsync)
            .WithScope(TokenScope.Read)
            .WithSummary("A member's public images, newest first; of one's own all that are ready")
            .ProducesProblem(404);
    }

    private static async Task<Results<Ok<ListResponse<ImageItemResponse>>, ProblemHttpResult>> ListAsync(
        [AsParameters] ImagesQuery query,
        HttpContext http,
        IImageQueries images,
        IAlbumQueries albums,
        AlbumStaffViews albumViews,
        IImageSearch search,
        ApiLinks links
    )
    {
        var list = query.List;
        var (actor, tags) = (http.GetActor(), Tag.ParseAll(Tag.Split(query.Tags)));
        if (Join(query.Check(search), tags.Error) is { } wrong)
            return wrong.ToProblem(http);

        if (query.HasWords)
        {
            var words = SearchUrl.Parse(query.Q, query.SearchSort).Tagged(tags.Value) with { Owner = query.Owner };
            var request = SearchApi.RequestOf(list, words) with { IsExact = true };
            var found = await search.FindAsync(actor, request, http.RequestAborted);
            return TypedResults.Ok(
                new ListResponse<ImageItemResponse>(
                    [.. found.Images.Select(tile => ImageItemResponse.From(tile, links))],
                    http.Paginate(found.Total, found.Next, list, reach: SearchRequest.Reach)
                )
            );
        }

        if (query.Album is { } album)
        {
            if (await albums.FindAsync(actor, album, http.RequestAborted) is not { } view)
                return new Core.Shared.NotFound("album").ToProblem(http);
            await albumViews.AuditAsync(actor, view, http.RequestAborted);
            return http.OkList(
                await albums.ImagesAsync(actor, view, list.Wanted, http.RequestAborted),
                list,
                tile => ImageItemResponse.From(tile, links)
            );
        }

        var filter = new ImageFilter(query.Owner, tags.Value, query.Order == "asc");
        return http.OkList(
            await images.ListAsync(actor, filter, list.Wanted, http.RequestAborted),
            list,
            tile => ImageItemResponse.From(tile, links)
        );
    }

    private static async Task<Results<Ok<ListResponse<ImageItemResponse>>, ProblemHttpResult>> RecentAsync(
        [AsParameters] ListQuery query,
        HttpContext http,
        IImageQueries images,
        ApiLinks links
    )
    {
        if (query.Check() is { } wrong)
            return wrong.ToProblem(http);
        var page = await images.ListAsync(http.GetActor(), ImageFilter.All, query.Wanted, http.RequestAborted);
        return http.OkList(page, query, tile => ImageItemResponse.From(tile, links));
    }

    private static async Task<Results<Ok<ListResponse<ImageItemResponse>>, ProblemHttpResult>> ByMemberAsync(
        Guid id,
        [AsParameters] ListQuery query,
        HttpContext http,
        MemberService members,
        IImageQueries images,
        ApiLinks links
    )
    {
        var (actor, member) = (http.GetActor(), new MemberId(id));
        if ((query.Check() ?? (await members.GetAsync(actor, member, http.RequestAborted)).Error) is { } error)
            return error.ToProblem(http);
        var page = await images.ListAsync(actor, new ImageFilter(member, []), query.Wanted, http.RequestAborted);
        return http.OkList(page, query, tile => ImageItemResponse.From(tile, links));
    }

    private static Error? Join(Error? first, Error? second) =>
        first is ValidationFailed one && second is ValidationFailed other ? new ValidationFailed([.. one.Fields, .. other.Fields]) : first ?? second;
}

/// <summary>The query parameters of GET /images. See <see cref="ListQuery"/> for why paging stands here again.</summary>
public sealed record ImagesQuery
{
    [FromQuery(Name = "owner_id")]
    public string? OwnerId { get; init; }

    [FromQuery(Name = "album_id")]
    public string? AlbumId { get; init; }

    [FromQuery(Name = "tags")]
    public string? Tags { get; init; }

    [FromQuery(Name = "q")]
    public string? Q { get; init; }

    [FromQuery(Name = "sort")]
    public string? Sort { get; init; }

    [FromQuery(Name = "order")]
    public string? Order { get; init; }

    [FromQuery(Name = "page")]
    public QueryNumber? Page { get; init; }

    [FromQuery(Name = "per_page")]
    public QueryNumber? PerPage { get; init; }

    [FromQuery(Name = "cursor")]
    public string? Cursor { get; init; }

    internal ListQuery List =>
        new()
        {
            Page = Page,
            PerPage = PerPage,
            Cursor = Cursor,
        };

    internal bool HasWords => !string.IsNullOrWhiteSpace(Q);

    internal MemberId? Owner => Guid.TryParse(OwnerId, out var id) ? new MemberId(id) : null;

    internal Core.Albums.AlbumId? Album => Guid.TryParse(AlbumId, out var id) ? new Core.Albums.AlbumId(id) : null;

    /// <summary>What the search calls it.</summary>
    internal string? SearchSort => Sort == "created_at" ? "newest" : "best";

    internal Error? Check(IImageSearch search)
    {
        var fields = new List<FieldError>();
        if (OwnerId is { Length: > 0 } && Owner is null)
            fields.Add(new("owner_id", ApiErrorTexts.NoId.With("owner_id")));
        if (AlbumId is { Length: > 0 } && Album is null)
            fields.Add(new("album_id", ApiErrorTexts.NoId.With("album_id")));
        if (Album is not null && (Owner is not null || HasWords || Tag.Split(Tags).Count > 0))
            fields.Add(new("album_id", ImageTexts.AlbumAlone));
        CheckOrder(fields);
        var paging = HasWords ? SearchApi.CheckSearch(List, Q, null, search) : List.Check();
        if (paging is ValidationFailed also)
            fields.AddRange(also.Fields);
        return fields.Count > 0 ? new ValidationFailed(fields) : null;
    }

    // An album has its own order and words are ranked; else time is what there is an index for.
    private void CheckOrder(List<FieldError> fields)
    {
        string[] sorts =
            Album is not null ? ["position"]
            : HasWords ? ["relevance", "created_at"]
            : ["created_at"];
        if (Sort is { Length: > 0 } && !sorts.Contains(Sort))
            fields.Add(new("sort", ImageTexts.UnknownSort.With(string.Join(", ", sorts))));
        var orders = Album is not null || HasWords ? new[] { Album is not null ? "asc" : "desc" } : ["asc", "desc"];
        if (Order is { Length: > 0 } && !orders.Contains(Order))
            fields.Add(new("order", ImageTexts.UnknownOrder.With(string.Join(", ", orders))));
    }
}
