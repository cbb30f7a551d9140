using GoImg.Core.Accounts;
using GoImg.Core.Search;
using GoImg.Core.Shared;
using GoImg.Web.Api;
using GoImg.Web.Images;
using GoImg.Web.Shell;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace GoImg.Web.Search;

internal static class SearchApi
{
    public static void MapSearchApi(this RouteGroupBuilder api)
    {
        api.MapGet("/images/search", SearchAsync)
            .WithScope(TokenScope.Read)
            .AllowAnonymous()
            .WithTags("search")
            .WithSummary(
                "Finds images by words, \"phrases\" and filters (tag: by: camera: lens: after: before: orientation: color:, each with a minus to leave it out), as the page of search does"
            )
            .ProducesProblem(400);
        api.MapGet("/explore/search", SearchAsync)
            .WithScope(TokenScope.Read)
            .AllowAnonymous()
            .WithTags("search")
            .WithSummary("The same as GET /images/search")
            .ProducesProblem(400);
    }

    private static async Task<Results<Ok<SearchResponse>, ProblemHttpResult>> SearchAsync(
        [FromQuery(Name = "q")] string? q,
        [FromQuery(Name = "sort")] string? sort,
        [FromQuery(Name = "exact")] bool? exact,
        [AsParameters] ListQuery list,
        HttpContext http,
        IImageSearch search,
        ApiLinks links
    )
    {
        if (CheckSearch(list, q, sort, search) is { } wrong)
            return wrong.ToProblem(http);
        var query = SearchUrl.Parse(q, sort);
        var found = await search.FindAsync(http.GetActor(), RequestOf(list, query) with { IsExact = exact == true }, http.RequestAborted);
        return TypedResults.Ok(
            new SearchResponse(
                SearchQuery.Cut(q),
                found.Corrected?.ToString(),
                found.Suggested?.ToString(),
                query.Problems,
                [.. found.Images.Select(tile => ImageItemResponse.From(tile, links))],
                http.Paginate(found.Total, found.Next, list, found.Corrected is { } meant ? Exactly(meant) : null, SearchRequest.Reach)
            )
        );
    }

    // What follows is asked for in the words that were found.
    private static Dictionary<string, string> Exactly(SearchQuery query) =>
        new(StringComparer.Ordinal) { ["q"] = query.ToString(), ["exact"] = "true" };

    public static SearchRequest RequestOf(ListQuery list, SearchQuery query) =>
        list.HasCursor
            ? new(query, SearchScope.Everyone, list.Cursor, list.Size)
            : new(query, SearchScope.Everyone, null, list.Size) { Number = list.Number };

    /// <summary>What is wrong with a search and its paging; null when all is well.</summary>
    public static Error? CheckSearch(ListQuery list, string? q, string? sort, IImageSearch search)
    {
        var fields = new List<FieldError>();
        if (string.IsNullOrWhiteSpace(q))
            fields.Add(new("q", SearchTexts.QueryMissing));
        else if (Text.Length(q) > SearchQuery.MaxLength)
            fields.Add(new("q", SearchTexts.QueryTooLong.With(SearchQuery.MaxLength)));
        if (sort is not (null or "" or "best" or "newest"))
            fields.Add(new("sort", SearchTexts.UnknownSort));
        var paging = list.Check(SearchRequest.Reach, search.IsCursor);
        return fields.Count == 0 ? paging
            : paging is ValidationFailed also ? new ValidationFailed([.. fields, .. also.Fields])
            : new ValidationFailed(fields);
    }
}

/// <summary>What a search found.</summary>
/// <param name="Query">What was looked for, as it was understood.</param>
/// <param name="Corrected">Nothing was found by what was typed, and the items are of this query, which has words that others use.</param>
/// <param name="Suggested">Little was found, and this may be what was meant.</param>
/// <param name="Problems">What could not be understood and was left out, a sentence each.</param>
public sealed record SearchResponse(
    string Query,
    string? Corrected,
    string? Suggested,
    IReadOnlyList<string> Problems,
    IReadOnlyList<ImageItemResponse> Items,
    Pagination Pagination
);
