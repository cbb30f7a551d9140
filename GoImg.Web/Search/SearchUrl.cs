using GoImg.Core.Images;
using GoImg.Core.Search;

namespace GoImg.Web.Search;

/// <summary>A search as its address says it: <c>/search?q=sea+tag:winter&amp;sort=newest</c>.</summary>
internal static class SearchUrl
{
    /// <param name="isExact">Words stay as they are, whatever is found.</param>
    public static string Of(SearchQuery query, bool isExact = false)
    {
        var parameters = new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["q"] = query.ToString(),
            ["sort"] = Name(query.Sort),
            ["exact"] = isExact ? "1" : null,
        };
        return "/search" + QueryString.Create(parameters.Where(pair => pair.Value is not null));
    }

    /// <summary>The order chosen on the page wins over one that was typed; a word that is none changes nothing.</summary>
    public static SearchQuery Parse(string? q, string? sort)
    {
        var query = SearchQuery.Parse(q);
        return sort switch
        {
            "best" => query with { Sort = SearchSort.Best },
            "newest" => query with { Sort = SearchSort.Newest },
            _ => query,
        };
    }

    /// <summary>The results as the list an image is opened from.</summary>
    public static ImageContext Context(SearchQuery query) =>
        new(ImageContextKind.Search, Name(query.Sort) is { } sort ? string.Join(' ', query, "sort:" + sort) : query.ToString());

    private static string? Name(SearchSort? sort) =>
        sort switch
        {
            SearchSort.Best => "best",
            SearchSort.Newest => "newest",
            _ => null,
        };
}
