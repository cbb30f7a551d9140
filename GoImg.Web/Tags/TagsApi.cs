using GoImg.Core.Accounts;
using GoImg.Core.Images;
using GoImg.Core.Shared;
using GoImg.Core.Tags;
using GoImg.Web.Api;
using GoImg.Web.Images;
using GoImg.Web.Shell;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace GoImg.Web.Tags;

internal static class TagsApi
{
    // Fewer find too much to choose from.
    private const int ShortestPrefix = 2;

    public static void MapTagsApi(this RouteGroupBuilder api)
    {
        var tags = api.MapGroup("/tags").WithTags("tags").AllowAnonymous().ProducesProblem(400);
        tags.MapGet("", PopularAsync)
            .WithScope(TokenScope.Read)
            .WithSummary("Tags of public images, the most used first, as they were counted moments ago");
        tags.MapGet("/search", SearchAsync).WithScope(TokenScope.Read).WithSummary("Tags that begin so, the most used first");
        tags.MapGet("/{tag}/images", ImagesAsync).WithScope(TokenScope.Read).WithSummary("Public images with a tag, newest first");
    }

    private static async Task<Results<Ok<ListResponse<TagResponse>>, ProblemHttpResult>> PopularAsync(
        [AsParameters] NumberedQuery query,
        HttpContext http,
        IImageQueries images
    )
    {
        if (query.Check() is { } wrong)
            return wrong.ToProblem(http);
        var page = await images.TagsAsync("", query.List.Wanted, http.RequestAborted);
        return http.OkList(page, query.List, TagResponse.From);
    }

    private static async Task<Results<Ok<ListResponse<TagResponse>>, ProblemHttpResult>> SearchAsync(
        [FromQuery(Name = "q")] string? q,
        [AsParameters] NumberedQuery query,
        HttpContext http,
        IImageQueries images
    )
    {
        if (query.Check() is { } wrong)
            return wrong.ToProblem(http);
        var prefix = Text.Line(q).TrimStart('#').ToLowerInvariant();
        if (Text.Length(prefix) is < ShortestPrefix or > Tag.MaxLength)
            return new ValidationFailed("q", TagTexts.PrefixLength.With(ShortestPrefix, Tag.MaxLength)).ToProblem(http);
        var page = await images.TagsAsync(prefix, query.List.Wanted, http.RequestAborted);
        return http.OkList(page, query.List, TagResponse.From);
    }

    private static async Task<Results<Ok<ListResponse<ImageItemResponse>>, ProblemHttpResult>> ImagesAsync(
        string tag,
        [AsParameters] ListQuery query,
        HttpContext http,
        IImageQueries images,
        ApiLinks links
    )
    {
        if (query.Check() is { } wrong)
            return wrong.ToProblem(http);
        var parsed = Tag.Parse(tag);
        if (parsed.Error is { } unfit)
            return unfit.ToProblem(http);
        var page = await images.ListAsync(http.GetActor(), new ImageFilter(null, [parsed.Value]), query.Wanted, http.RequestAborted);
        return http.OkList(page, query, tile => ImageItemResponse.From(tile, links));
    }
}

/// <param name="ImageCount">How many public images have it.</param>
public sealed record TagResponse(string Tag, int ImageCount)
{
    internal static TagResponse From(TagCount tag) => new(tag.Tag, tag.Images);
}
