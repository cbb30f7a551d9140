using GoImg.Core.Shared;
using Microsoft.AspNetCore.Mvc;

namespace GoImg.Web.Api;

/// <summary>The query parameters of a list with pages and cursors; bind with <c>[AsParameters]</c> and begin with <see cref="Check()"/>.</summary>
public sealed record ListQuery
{
    public const int MaxPerPage = 100;
    public const int DefaultPerPage = 20;

    [FromQuery(Name = "page")]
    public QueryNumber? Page { get; init; }

    [FromQuery(Name = "per_page")]
    public QueryNumber? PerPage { get; init; }

    [FromQuery(Name = "cursor")]
    public string? Cursor { get; init; }

    // What is no number is out of any range.
    public int Size => PerPage is { } size ? size.Value ?? 0 : DefaultPerPage;

    public int Number => Page is { } number ? number.Value ?? 0 : 1;

    public Cursor? After => Core.Shared.Cursor.Parse(Cursor);

    public bool HasCursor => Cursor is { Length: > 0 };

    /// <summary>What the queries ask for: after a cursor, else by number.</summary>
    public PageRequest Wanted => After is { } after ? new(Size, after) : new(Size, null, Number);

    /// <summary>Null when all is well.</summary>
    public Error? Check() => Check(Total.Limit, text => Core.Shared.Cursor.Parse(text) is not null);

    /// <inheritdoc cref="Check()"/>
    /// <param name="reach">How many items can be reached by page numbers.</param>
    /// <param name="isCursor">Whether the list gives out such ones.</param>
    public Error? Check(int reach, Func<string, bool> isCursor)
    {
        var fields = new List<FieldError>();
        if (Size is < 1 or > MaxPerPage)
            fields.Add(new("per_page", ApiErrorTexts.PerPage.With(MaxPerPage)));
        if (Number < 1)
            fields.Add(new("page", ApiErrorTexts.Page));
        // Deeper, the database would count through what it skips; a cursor goes on from anywhere.
        else if ((long)Number * Math.Max(1, Size) > reach)
            fields.Add(new("page", ApiErrorTexts.PageTooDeep.With(reach)));
        if (HasCursor && !isCursor(Cursor!))
            fields.Add(new("cursor", ApiErrorTexts.UnknownCursor));
        if (HasCursor && Page is not null)
            fields.Add(new("page", ApiErrorTexts.PageAndCursor));
        return fields.Count > 0 ? new ValidationFailed(fields) : null;
    }
}

// The two below say again which parameters they take rather than inherit them: the generated binding (EnableRequestDelegateGenerator) fills
// only what a type declares itself, and would leave what it inherits null without a word. What the parameters mean stands in ListQuery alone.

/// <summary>As <see cref="ListQuery"/>, for lists whose order changes while one reads: they have pages only.</summary>
public sealed record NumberedQuery
{
    [FromQuery(Name = "page")]
    public QueryNumber? Page { get; init; }

    [FromQuery(Name = "per_page")]
    public QueryNumber? PerPage { get; init; }

    public required HttpRequest Request { get; init; }

    public ListQuery List => new() { Page = Page, PerPage = PerPage };

    /// <summary>Null when all is well. What would do nothing is refused, so that no one reads the same page for ever.</summary>
    public Error? Check() => Request.Query.ContainsKey("cursor") ? new ValidationFailed("cursor", ApiErrorTexts.NoCursors) : List.Check();
}

/// <summary>As <see cref="ListQuery"/>, for lists that only grow and are not counted: they go on by cursor only.</summary>
public sealed record CursorQuery
{
    [FromQuery(Name = "per_page")]
    public QueryNumber? PerPage { get; init; }

    [FromQuery(Name = "cursor")]
    public string? Cursor { get; init; }

    public required HttpRequest Request { get; init; }

    public ListQuery List => new() { PerPage = PerPage, Cursor = Cursor };

    /// <inheritdoc cref="NumberedQuery.Check"/>
    public Error? Check() => Request.Query.ContainsKey("page") ? new ValidationFailed("page", ApiErrorTexts.NoPages) : List.Check();
}
