using GoImg.Core.Shared;
using GoImg.Web.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace GoImg.Web.Api;

/// <summary>Answers with a list in the one way there is, and tells where its other pages are (<c>Link</c>, RFC 8288).</summary>
internal static class ListAnswers
{
    public static Ok<ListResponse<T>> OkList<TRow, T>(this HttpContext http, Page<TRow> page, ListQuery query, Func<TRow, T> map)
    {
        var pagination = http.Paginate(page.Total, page.Next?.ToString(), query);
        return TypedResults.Ok(new ListResponse<T>([.. page.Items.Select(map)], pagination));
    }

    /// <summary>What is told about the page beside its rows. Writes the header too.</summary>
    /// <param name="total">Null where the list was not counted: it has no page numbers then.</param>
    /// <param name="reach">How many items can be reached by page numbers; from there cursors go on.</param>
    /// <param name="instead">Parameters that stand in the links instead of those that were sent.</param>
    public static Pagination Paginate(
        this HttpContext http,
        Total? total,
        string? next,
        ListQuery query,
        IReadOnlyDictionary<string, string>? instead = null,
        int reach = Total.Limit
    )
    {
        int? pages = total is { } known ? (known.Rows + query.Size - 1) / query.Size : null;
        var links = new List<string>();
        if (pages is { } last)
        {
            var reachable = Math.Min(last, reach / query.Size);
            Add("first", last > 0 ? "page" : null, "1");
            Add("prev", query.Number > 1 ? "page" : null, Number(Math.Min(query.Number - 1, Math.Max(1, reachable))));
            Add(
                "next",
                query.Number < reachable ? "page"
                    : next is null ? null
                    : "cursor",
                query.Number < reachable ? Number(query.Number + 1) : next
            );
            Add("last", last > 0 && last == reachable && total!.Value.IsExact ? "page" : null, Number(last));
        }
        else
        {
            Add("next", next is null ? null : "cursor", next);
        }

        if (links.Count > 0)
            http.Response.Headers.Link = string.Join(", ", links);
        return new(total is null ? null : query.Number, query.Size, total?.Rows, total?.IsExact ?? false, pages, next);

        void Add(string relation, string? parameter, string? value)
        {
            if (parameter is not null)
                links.Add($"<{http.AddressWith(parameter, value!, instead)}>; rel=\"{relation}\"");
        }
    }

    // This list with another page: what else was asked stays.
    private static string AddressWith(this HttpContext http, string parameter, string value, IReadOnlyDictionary<string, string>? instead)
    {
        var others = http
            .Request.Query.Where(pair => pair.Key is not ("page" or "cursor") && instead?.ContainsKey(pair.Key) != true)
            .SelectMany(pair => pair.Value.Select(one => KeyValuePair.Create(pair.Key, one)))
            .Concat((instead ?? new Dictionary<string, string>()).Select(pair => KeyValuePair.Create(pair.Key, (string?)pair.Value)));
        var path = http.Request.Path + QueryString.Create(others.Append(new(parameter, value)));
        return http.RequestServices.GetRequiredService<SiteAddress>().Canonical(path);
    }

    private static string Number(int number) => number.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
