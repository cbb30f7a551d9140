using System.Buffers.Text;
using System.Globalization;
using System.Text;
using GoImg.Core.Accounts;
using GoImg.Core.Search;
using GoImg.Core.Shared;

namespace GoImg.Infrastructure.Search;

/// <summary>Best matches first, among as many of the newest as can be ranked in an instant; then the best of the next older ones, and so on.
/// To rank all that match a common word takes a second at a million images.</summary>
internal sealed class SearchRanking(SearchMatches matches)
{
    private const int Window = 300;

    // Words in a row are looked for in the texts themselves, which takes longer.
    private const int WindowOfPhrases = 100;

    public async Task<(IReadOnlyList<SearchMatch> Page, string? Next)> PageAsync(
        Actor actor,
        SearchQuery query,
        SearchScope scope,
        RankedCursor? after,
        int take,
        CancellationToken cancellationToken
    )
    {
        var page = new List<SearchMatch>();
        var (window, last) = (after?.Window, after);
        while (true)
        {
            var (ranked, following) = await WindowAsync(actor, query, scope, window, cancellationToken);
            // What is newer than the first window when its second page is asked for must not move the window.
            window ??= ranked.Count > 0 ? new Cursor(ranked.Max(m => m.At).AddMicroseconds(1), Guid.Empty) : null;
            foreach (var match in ranked.Where(m => last?.Passes(m) ?? true))
            {
                if (page.Count == take)
                    return (page, new RankedCursor(window, page[^1].Rank, page[^1].Cursor).ToString());
                page.Add(match);
            }

            if (following is null)
                return (page, null);
            if (page.Count == take)
                return (page, new RankedCursor(following, float.PositiveInfinity, following).ToString());
            (window, last) = (following, null);
        }
    }

    /// <summary>The matches after <paramref name="window"/> that are ranked together, and where those after them start; null when there are none.</summary>
    public async Task<(IReadOnlyList<SearchMatch> Ranked, Cursor? Following)> WindowAsync(
        Actor actor,
        SearchQuery query,
        SearchScope scope,
        Cursor? window,
        CancellationToken cancellationToken
    )
    {
        var size = query.Terms.Any(term => term.IsPhrase) ? WindowOfPhrases : Window;
        var newest = await matches.NewestAsync(actor, query, scope, window, size + 1, cancellationToken);
        var following = newest.Count > size ? newest[size - 1].Cursor : null;
        return (await matches.RankAsync([.. newest.Take(size)], actor, query, scope, cancellationToken), following);
    }
}

/// <summary>A place in a ranked list: which window, and after which match of it.</summary>
/// <param name="Window">Where the window begins; null at the newest match there is.</param>
internal sealed record RankedCursor(Cursor? Window, float Rank, Cursor Last)
{
    /// <summary>The match comes after this place.</summary>
    public bool Passes(SearchMatch match) => match.Rank < Rank || (match.Rank.Equals(Rank) && match.Cursor != Last && IsOlder(match));

    public override string ToString() =>
        Base64Url.EncodeToString(
            Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{Window}~{BitConverter.SingleToInt32Bits(Rank):x}~{Last}"))
        );

    /// <summary>Null for null, and for anything this class did not write.</summary>
    public static RankedCursor? Parse(string? text)
    {
        if (string.IsNullOrEmpty(text) || text.Length > 300 || !Base64Url.IsValid(text))
            return null;

        return
            Encoding.ASCII.GetString(Base64Url.DecodeFromChars(text)).Split('~') is [var window, var rank, var last]
            && int.TryParse(rank, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var bits)
            && Cursor.Parse(last) is { } place
            ? new RankedCursor(Cursor.Parse(window), BitConverter.Int32BitsToSingle(bits), place)
            : null;
    }

    private bool IsOlder(SearchMatch match) =>
        match.At < Last.At || (match.At == Last.At && string.CompareOrdinal(match.Id.Value.ToString("N"), Last.Id.ToString("N")) < 0);
}
