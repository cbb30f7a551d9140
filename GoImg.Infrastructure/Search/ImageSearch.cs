using GoImg.Core.Accounts;
using GoImg.Core.Search;
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
            return SearchResults.None;

        var found = await PageAsync(actor, request, cancellationToken);
        if (request.IsExact || request.After is not null || found.Images.Count >= Few)
            return found;
        if (await spelling.CorrectAsync(request.Query, cancellationToken) is not { } corrected)
            return found;

        var instead = await PageAsync(actor, request with { Query = corrected }, cancellationToken);
        return instead.Images.Count == 0 ? found
            : found.Images.Count == 0 ? instead with { Corrected = corrected }
            : found with { Suggested = corrected };
    }

    private async Task<SearchResults> PageAsync(Actor actor, SearchRequest request, CancellationToken cancellationToken)
    {
        var (query, scope) = (request.Query, request.Scope);
        var (page, next) =
            query.EffectiveSort == SearchSort.Best && query.HasWords
                ? await ranking.PageAsync(actor, query, scope, RankedCursor.Parse(request.After), request.Take, cancellationToken)
                : await NewestAsync(actor, request, cancellationToken);
        var ids = page.Select(match => match.Id).ToList();
        var tiles = await matches
            .Visible(actor, scope)
            .Where(image => ids.Contains(image.Id))
            .Select(ImageTiles.From(db, withReason: scope == SearchScope.Own))
            .ToDictionaryAsync(tile => tile.Id, cancellationToken);
        return new([.. ids.Where(tiles.ContainsKey).Select(id => tiles[id])], next);
    }

    private async Task<(IReadOnlyList<SearchMatch> Page, string? Next)> NewestAsync(
        Actor actor,
        SearchRequest request,
        CancellationToken cancellationToken
    )
    {
        var after = Core.Shared.Cursor.Parse(request.After);
        var found = await matches.NewestAsync(actor, request.Query, request.Scope, after, request.Take + 1, cancellationToken);
        return found.Count <= request.Take ? (found, null) : ([.. found.Take(request.Take)], found[request.Take - 1].Cursor.ToString());
    }
}
