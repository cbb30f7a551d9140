using GoImg.Core.Accounts;
using GoImg.Core.Images;

namespace GoImg.Core.Search;

/// <summary>Finds images by words and filters. What the asker may not see is never found and leaves no trace in what is answered.</summary>
public interface IImageSearch
{
    Task<SearchResults> FindAsync(Actor actor, SearchRequest request, CancellationToken cancellationToken);
}

/// <param name="After">Where the last page ended (<see cref="SearchResults.Next"/>); anything else is the beginning.</param>
public sealed record SearchRequest(SearchQuery Query, SearchScope Scope, string? After, int Take)
{
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
}
