namespace GoImg.Web.Api;

/// <summary>Every list of the API.</summary>
public sealed record ListResponse<T>(IReadOnlyList<T> Items, Pagination Pagination);

/// <summary>Null where it does not apply: <c>page</c>, <c>total</c> and <c>total_pages</c> when one goes on by cursor, which counts nothing;
/// <c>next_cursor</c> at the end and where there are pages only.</summary>
/// <param name="Total">Counted up to 10,000; if there are more, it is 10,000 and <c>total_is_exact</c> is false.</param>
public sealed record Pagination(int? Page, int PerPage, long? Total, bool TotalIsExact, int? TotalPages, string? NextCursor);
