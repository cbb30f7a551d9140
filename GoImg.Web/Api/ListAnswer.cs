using GoImg.Core.Shared;
using Microsoft.AspNetCore.Mvc;

namespace GoImg.Web.Api;

/// <summary>Every list of the API.</summary>
public sealed record ListAnswer<T>(IReadOnlyList<T> Items, Pagination Pagination)
{
    /// <summary>A keyset page: what comes next is known, how many there are is not counted.</summary>
    public static ListAnswer<T> From<TRow>(Page<TRow> page, ListQuery query, Func<TRow, T> map) =>
        new([.. page.Items.Select(map)], new(null, query.Size, null, null, page.Next?.ToString()));

    /// <summary>A numbered page of a list whose length is known.</summary>
    public static ListAnswer<T> From<TRow>(IEnumerable<TRow> rows, long total, ListQuery query, Func<TRow, T> map) =>
        new([.. rows.Select(map)], new(query.Number, query.Size, total, (int)((total + query.Size - 1) / query.Size), null));
}

/// <summary>Null where it does not apply or would cost a count over everything: <c>page</c>, <c>total</c> and <c>total_pages</c> of lists
/// that go on by cursor, <c>next_cursor</c> at the end.</summary>
public sealed record Pagination(int? Page, int PerPage, long? Total, int? TotalPages, string? NextCursor);

/// <summary>The query parameters of every list; bind with <c>[AsParameters]</c> and begin with <see cref="Check"/>.</summary>
public sealed record ListQuery(
    [FromQuery(Name = "page")] int? Page, [FromQuery(Name = "per_page")] int? PerPage, [FromQuery(Name = "cursor")] string? Cursor)
{
    public const int MaxPerPage = 100;
    public const int DefaultPerPage = 20;

    // Deeper, the database would count through what it skips; a cursor goes on from anywhere.
    public const int MaxPage = 1000;

    public int Size => PerPage ?? DefaultPerPage;

    public int Number => Page ?? 1;

    public Cursor? After => Core.Shared.Cursor.Parse(Cursor);

    /// <summary>Null when all is well.</summary>
    public Error? Check()
    {
        var fields = new List<FieldError>();
        if (Size is < 1 or > MaxPerPage)
            fields.Add(new("per_page", $"per_page is from 1 to {MaxPerPage}."));
        if (Number is < 1 or > MaxPage)
            fields.Add(new("page", $"page is from 1 to {MaxPage}; use cursor to go further."));
        if (Cursor is { Length: > 0 } && After is null)
            fields.Add(new("cursor", "This cursor is not one that the API gave out."));
        return fields.Count > 0 ? new ValidationFailed(fields) : null;
    }
}
