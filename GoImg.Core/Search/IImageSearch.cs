using GoImg.Core.Accounts;
using GoImg.Core.Images;
using GoImg.Core.Shared;

namespace GoImg.Core.Search;

/// <summary>Finds images by words and filters. What the asker may not see is never found and leaves no trace in what is answered.</summary>
public interface IImageSearch
{
    Task<SearchResults> FindAsync(Actor actor, SearchRequest request, CancellationToken cancellationToken);

    /// <summary>Whether a text is one of those that <see cref="SearchResults.Next"/> gave out.</summary>
    bool IsCursor(string text);
}

/// <param name="After">Where the last page ended (<see cref="SearchResults.Next"/>); anything else is the beginning.</param>
public sealed record SearchRequest(SearchQuery Query, SearchScope Scope, string? After, int Take)
{
    /// <summary>How many results can be reached by page numbers: the best have to be found anew for each page.</summary>
    public const int Reach = 1_000;

    /// <summary>A page by its number from 1, which is counted, instead of <see cref="After"/>. Within <see cref="Reach"/>.</summary>
    public int? Number { get; init; }

    public int Skip => Number is { } number ? (number - 1) * Take : 0;

    /// <summary>Words stay as they were typed, whatever is found.</summary>
    public bool IsExact { get; init; }
}

public enum SearchScope
{
    /// <summary>What anyone may find, and the asker's own.</summary>
    Everyone,

    /// <summary>The asker's own alone, of every state but deleted.</summary>
    Own,
}

/// <param name="Next">Where the next page starts, for <see cref="SearchRequest.After"/>; null on the last.</param>
/// <param name="Corrected">Nothing was found by what was typed, and these are the images of this query, which has words that others use.</param>
/// <param name="Suggested">Little was found, and this query, with words that others use, may be what was meant.</param>
public sealed record SearchResults(IReadOnlyList<ImageTile> Images, string? Next, SearchQuery? Corrected = null, SearchQuery? Suggested = null)
{
    public static readonly SearchResults None = new([], null);

    /// <summary>How many there are in all; null when no page was asked for by number.</summary>
    public Total? Total { get; init; }
}
