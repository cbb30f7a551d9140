using GoImg.Core.Shared;

namespace GoImg.Web.Api;

/// <summary>Every list of the API.</summary>
public sealed record ListResponse<T>(IReadOnlyList<T> Items, Pagination Pagination)
{
    /// <summary>A keyset page: what comes next is known, how many there are is not counted.</summary>
    public static ListResponse<T> From<TRow>(Page<TRow> page, ListQuery query, Func<TRow, T> map) =>
        new([.. page.Items.Select(map)], new(null, query.Size, null, null, page.Next?.ToString()));

    /// <summary>A numbered page of a list whose length is known.</summary>
    public static ListResponse<T> From<TRow>(IEnumerable<TRow> rows, long total, ListQuery query, Func<TRow, T> map) =>
        From(new Page<TRow>([.. rows], null), total, query, map);

    /// <summary>A numbered page from which one can also go on by cursor.</summary>
    public static ListResponse<T> From<TRow>(Page<TRow> page, long total, ListQuery query, Func<TRow, T> map) =>
        new([.. page.Items.Select(map)], new(query.Number, query.Size, total, (int)((total + query.Size - 1) / query.Size), page.Next?.ToString()));
}

/// <summary>Null where it does not apply or would cost a count over everything: <c>page</c>, <c>total</c> and <c>total_pages</c> of lists
/// that go on by cursor, <c>next_cursor</c> at the end and where there are pages only.</summary>
public sealed record Pagination(int? Page, int PerPage, long? Total, int? TotalPages, string? NextCursor);
