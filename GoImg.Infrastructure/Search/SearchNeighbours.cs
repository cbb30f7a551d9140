using GoImg.Core.Accounts;
using GoImg.Core.Images;
using GoImg.Core.Search;
using GoImg.Core.Shared;
using GoImg.Infrastructure.Database;
using Microsoft.EntityFrameworkCore;

namespace GoImg.Infrastructure.Search;

/// <summary>What comes before and after an image in the results of a search, in their order.</summary>
internal sealed class SearchNeighbours(GoImgDbContext db, SearchMatches matches, SearchRanking ranking)
{
    // In the order of rank an image is looked for among so many windows; further down its neighbours are those in time.
    private const int Windows = 3;

    public async Task<ImageNeighbours> FindAsync(Actor actor, SearchQuery query, Cursor place, CancellationToken cancellationToken)
    {
        var (before, after) =
            query.EffectiveSort == SearchSort.Best && query.HasWords && await RankedAsync(actor, query, place, cancellationToken) is { } ranked
                ? ranked
                : await InTimeAsync(actor, query, place, cancellationToken);
        var ids = new[] { before, after }.OfType<ImageId>().ToList();
        var slugs = await db.Images.AsNoTracking().Where(i => ids.Contains(i.Id)).ToDictionaryAsync(i => i.Id, i => i.Slug, cancellationToken);
        return new(SlugOf(before), SlugOf(after));

        string? SlugOf(ImageId? id) => id is { } known ? slugs.GetValueOrDefault(known) : null;
    }

    private async Task<(ImageId? Before, ImageId? After)> InTimeAsync(
        Actor actor,
        SearchQuery query,
        Cursor place,
        CancellationToken cancellationToken
    )
    {
        var newer = await matches.NextNewerAsync(actor, query, SearchScope.Everyone, place, cancellationToken);
        var older = await matches.NewestAsync(actor, query, SearchScope.Everyone, place, 1, cancellationToken);
        return (newer?.Id, older.FirstOrDefault()?.Id);
    }

    private async Task<(ImageId? Before, ImageId? After)?> RankedAsync(
        Actor actor,
        SearchQuery query,
        Cursor place,
        CancellationToken cancellationToken
    )
    {
        ImageId? last = null;
        Cursor? window = null;
        for (var i = 0; i < Windows; i++)
        {
            var (ranked, following) = await ranking.WindowAsync(actor, query, SearchScope.Everyone, window, cancellationToken);
            var at = ranked.Index().FirstOrDefault(m => m.Item.Id.Value == place.Id, (-1, null!)).Index;
            if (at >= 0)
            {
                var next =
                    at + 1 < ranked.Count ? ranked[at + 1].Id
                    : following is null ? (ImageId?)null
                    : (await ranking.WindowAsync(actor, query, SearchScope.Everyone, following, cancellationToken)).Ranked.FirstOrDefault()?.Id;
                return (at > 0 ? ranked[at - 1].Id : last, next);
            }

            if (following is null)
                return null;
            (last, window) = (ranked[^1].Id, following);
        }

        return null;
    }
}
