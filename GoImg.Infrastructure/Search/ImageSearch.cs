using GoImg.Core.Accounts;
using GoImg.Core.Search;
using GoImg.Core.Shared;
using GoImg.Infrastructure.Database;
using GoImg.Infrastructure.Images;
using Microsoft.EntityFrameworkCore;

namespace GoImg.Infrastructure.Search;

internal sealed class ImageSearch(GoImgDbContext db, SearchMatches matches, SearchRanking ranking, Spelling spelling) : IImageSearch
{
    // With less, a word may be mistyped.
    private const int Few = 3;

    public async Task<SearchResults> FindAsync(Actor actor, SearchRequest request, CancellationToken cancellationToken)
    {
        if (request.Query.IsEmpty)
            return request.Number is null ? SearchResults.None : SearchResults.None with { Total = Total.Of(0) };

        var found = await PageAsync(actor, request, cancellationToken);
        if (request.IsExact || request.After is not null || request.Number > 1 || found.Images.Count >= Few)
            return found;
        if (await spelling.CorrectAsync(request.Query, cancellationToken) is not { } corrected)
            return found;

        var instead = await PageAsync(actor, request with { Query = corrected }, cancellationToken);
        return instead.Images.Count == 0 ? found
            : found.Images.Count == 0 ? instead with { Corrected = corrected }
            : found with { Suggested = corrected };
    }

    public bool IsCursor(string text) => RankedCursor.Parse(text) is not null || Cursor.Parse(text) is not null;

    private async Task<SearchResults> PageAsync(Actor actor, SearchRequest request, CancellationToken cancellationToken)
    {
        var (query, scope) = (request.Query, request.Scope);
        var (found, next) =
            query.EffectiveSort == SearchSort.Best && query.HasWords
                ? await ranking.PageAsync(actor, query, scope, RankedCursor.Parse(request.After), request.Skip + request.Take, cancellationToken)
                : await NewestAsync(actor, request, cancellationToken);
        var ids = found.Skip(request.Skip).Select(match => match.Id).ToList();
        var tiles = await matches
            .Visible(actor, scope)
            .Where(image => ids.Contains(image.Id))
            .Select(ImageTiles.From(db, withReason: scope == SearchScope.Own))
            .ToDictionaryAsync(tile => tile.Id, cancellationToken);
        return new([.. ids.Where(tiles.ContainsKey).Select(id => tiles[id])], next)
        {
            Total =
                request.Number is null ? null
                : next is null ? Total.Of(found.Count)
                : await matches.CountAsync(actor, query, scope, cancellationToken),
        };
    }

    private async Task<(IReadOnlyList<SearchMatch> Page, string? Next)> NewestAsync(
        Actor actor,
        SearchRequest request,
        CancellationToken cancellationToken
    )
    {
        var after = Cursor.Parse(request.After);
        var take = request.Skip + request.Take;
        var found = await matches.NewestAsync(actor, request.Query, request.Scope, after, take + 1, cancellationToken);
        return found.Count <= take ? (found, null) : ([.. found.Take(take)], found[take - 1].Cursor.ToString());
    }
}
