using GoImg.Core.Accounts;
using GoImg.Core.Images;
using GoImg.Core.Search;
using GoImg.Core.Shared;
using GoImg.Infrastructure.Database;
using GoImg.Infrastructure.Images;
using Microsoft.EntityFrameworkCore;

namespace GoImg.Infrastructure.Search;

/// <summary>One image that matches. The rank is 0 where nothing was ranked.</summary>
internal sealed record SearchMatch(DateTimeOffset At, ImageId Id, float Rank = 0)
{
    public Cursor Cursor => new(At, Id.Value);
}

/// <summary>Which images a search finds, in order of time or of rank. Whether the asker may see one is asked of the image's own row, in the same statement.</summary>
internal sealed class SearchMatches(GoImgDbContext db, ImageLists lists, SearchBlocks blocks)
{
    // In so many blocks a word that is not rare fills a page; for a rare one it is quicker to ask for all at once.
    private const int BlocksAhead = 5;

    /// <summary>Those that come after the cursor, newest first.</summary>
    public async Task<IReadOnlyList<SearchMatch>> NewestAsync(
        Actor actor,
        SearchQuery query,
        SearchScope scope,
        Cursor? after,
        int take,
        CancellationToken cancellationToken
    )
    {
        var hits = await NewestHitsAsync(actor, query, scope, after, take, cancellationToken);
        var found = await hits.ToListAsync(cancellationToken);
        return [.. found.Select(hit => new SearchMatch(hit.At, hit.Id)).OrderByDescending(m => m.At).ThenByDescending(m => m.Id.Value, InOrder)];
    }

    /// <summary>How many there are, in the newest blocks first as well: counting ends at the limit.</summary>
    public async Task<Total> CountAsync(Actor actor, SearchQuery query, SearchScope scope, CancellationToken cancellationToken)
    {
        var hits = await NewestHitsAsync(actor, query, scope, after: null, Total.Limit + 1, cancellationToken);
        return Total.Of(await hits.CountAsync(cancellationToken));
    }

    private async Task<IQueryable<Hit>> NewestHitsAsync(
        Actor actor,
        SearchQuery query,
        SearchScope scope,
        Cursor? after,
        int take,
        CancellationToken cancellationToken
    )
    {
        var below = after?.At ?? DateTimeOffset.MaxValue;
        var ahead = (await blocks.NewestFirstAsync(cancellationToken)).Where(b => b.StartsAt <= below).Take(BlocksAhead + 1).ToList();
        var oldest = ahead.Count > BlocksAhead ? ahead[BlocksAhead - 1] : null;
        if (ahead.Count > BlocksAhead)
            ahead.RemoveAt(BlocksAhead);

        // What a branch finds is older than what those before it found, and PostgreSQL runs them one after the other, until the page is full.
        IQueryable<Hit>? all = null;
        foreach (var block in ahead.Count > 1 ? ahead : [])
            all = Append(all, Newest(block, after));
        if (ahead.Count <= 1)
            all = Newest(null, after);
        else if (oldest is not null)
            all = Append(all, Newest(null, Earlier(after, new Cursor(oldest.StartsAt, Guid.Empty))));

        return all!.Take(take);

        IQueryable<Hit> Newest(SearchBlock? block, Cursor? from) =>
            Hits(actor, query, scope, block).NewestFirst(hit => hit.At, hit => hit.Id, from, id => new ImageId(id)).Take(take);
    }

    /// <summary>The one that comes before this place, newest first.</summary>
    public async Task<SearchMatch?> NextNewerAsync(
        Actor actor,
        SearchQuery query,
        SearchScope scope,
        Cursor place,
        CancellationToken cancellationToken
    )
    {
        var all = (await blocks.NewestFirstAsync(cancellationToken)).Reverse().ToList();
        var own = all.FindLastIndex(b => b.StartsAt <= place.At);
        IQueryable<Hit>? newer = null;
        foreach (var block in all.Count > 1 ? all.Skip(own).Take(BlocksAhead) : [])
            newer = Append(newer, Oldest(block));
        newer = Append(newer, Oldest(null));
        return await newer.Take(1).Select(hit => new SearchMatch(hit.At, hit.Id, 0)).FirstOrDefaultAsync(cancellationToken);

        IQueryable<Hit> Oldest(SearchBlock? block) =>
            Hits(actor, query, scope, block)
                .Where(hit => EF.Functions.GreaterThan(ValueTuple.Create(hit.At, hit.Id), ValueTuple.Create(place.At, new ImageId(place.Id))))
                .OrderBy(hit => hit.At)
                .ThenBy(hit => hit.Id)
                .Take(1);
    }

    /// <summary>The same ones, best first; of equals the newer.</summary>
    public async Task<IReadOnlyList<SearchMatch>> RankAsync(
        IReadOnlyList<SearchMatch> matches,
        Actor actor,
        SearchQuery query,
        SearchScope scope,
        CancellationToken cancellationToken
    )
    {
        var text = TextQuery.Of(query, actor, scope);
        var ids = matches.Select(m => m.Id.Value).ToArray();
        var rank = $"""
            SELECT image_id AS "Id", ts_rank(document, {text.WordsSql}) AS "Rank" FROM image_search WHERE image_id = ANY ({TextQuery.Placeholder(
                text.Arguments.Length
            )})
            """;
        var ranks = await db
            .Database.SqlQueryRaw<RankedId>(rank, [.. text.Arguments, ids])
            .ToDictionaryAsync(ranked => ranked.Id, ranked => ranked.Rank, cancellationToken);
        return
        [
            .. matches
                .Select(m => m with { Rank = ranks.GetValueOrDefault(m.Id.Value) })
                .OrderByDescending(m => m.Rank)
                .ThenByDescending(m => m.At)
                .ThenByDescending(m => m.Id.Value, InOrder),
        ];
    }

    public IQueryable<Image> Visible(Actor actor, SearchScope scope) => scope == SearchScope.Own ? lists.Kept(actor) : lists.Findable(actor);

    private IQueryable<Hit> Hits(Actor actor, SearchQuery query, SearchScope scope, SearchBlock? block)
    {
        var text = TextQuery.Of(query, actor, scope, block);
        var matching = $"SELECT * FROM image_search WHERE document @@ ({text.Sql})";
        return db.Set<IndexedImage>()
            .FromSqlRaw(matching, text.Arguments)
            .AsNoTracking()
            .Join(
                Visible(actor, scope),
                indexed => indexed.ImageId,
                image => image.Id,
                (indexed, _) => new Hit { At = indexed.CreatedAt, Id = indexed.ImageId }
            );
    }

    private static IQueryable<Hit> Append(IQueryable<Hit>? first, IQueryable<Hit> then) => first is null ? then : first.Concat(then);

    private static Cursor Earlier(Cursor? a, Cursor b) => a is not null && a.At < b.At ? a : b;

    /// <summary>As PostgreSQL orders UUIDs.</summary>
    private static readonly Comparer<Guid> InOrder = Comparer<Guid>.Create(
        (a, b) => a.ToByteArray(bigEndian: true).AsSpan().SequenceCompareTo(b.ToByteArray(bigEndian: true))
    );

    private sealed class Hit
    {
        public DateTimeOffset At { get; init; }

        public ImageId Id { get; init; }
    }

    private sealed record RankedId(Guid Id, float Rank);
}
