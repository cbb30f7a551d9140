using GoImg.Core.Images;
using GoImg.Core.Search;
using GoImg.Infrastructure.Database;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace GoImg.Infrastructure.Search;

/// <summary>Writes what images are found by, and keeps the counts of words and tags right by the difference to what it wrote before.</summary>
internal sealed class SearchIndex(GoImgDbContext db)
{
    /// <summary>Images a block takes before the next one begins.</summary>
    public const int BlockSize = 20_000;

    // A character that no key has.
    private const char Separator = '\u001F';

    /// <summary>Brings these up to date, as part of the unit of work; those that are gone are forgotten. One writer at a time: the counts are
    /// written by every one of them, and what is read has to be what was written last.</summary>
    public async Task UpdateAsync(IReadOnlyCollection<ImageId> ids, CancellationToken cancellationToken)
    {
        await db.EnsureTransactionAsync(cancellationToken);
        await db.Database.ExecuteSqlRawAsync("SELECT pg_advisory_xact_lock(hashtextextended('goimg search index', 0))", cancellationToken);
        var images = await db.Images.AsNoTracking().Include(i => i.Owner).Where(i => ids.Contains(i.Id)).ToListAsync(cancellationToken);
        var documents = images.ConvertAll(SearchDocument.Of);
        await db.Database.ExecuteSqlRawAsync(
            Write,
            [
                new NpgsqlParameter("asked", ids.Select(id => id.Value).ToArray()),
                Column("ids", d => d.Image.Id.Value),
                Column("created", d => d.Image.CreatedAt),
                Column("titles", d => d.Title),
                Column("labels", d => d.Labels),
                Column("descriptions", d => d.Description),
                Column("keys", d => string.Join(Separator, d.Keys)),
                Column("words", d => d.IsListed ? string.Join(' ', d.Words) : ""),
                Column("tags", d => d.IsListed ? string.Join(' ', d.Image.Tags) : ""),
                new NpgsqlParameter("break", SearchWords.Break),
                new NpgsqlParameter("revision", SearchDocument.Revision),
            ],
            cancellationToken
        );
        await db.Database.ExecuteSqlRawAsync(CleanUp, [new NpgsqlParameter("block_size", BlockSize)], cancellationToken);

        NpgsqlParameter Column<T>(string name, Func<SearchDocument, T> value) => new(name, documents.Select(value).ToArray());
    }

    private const string Write = """
        WITH given AS (
            SELECT g.id, g.created_at,
                   ts_delete(
                       setweight(to_tsvector('goimg_english', g.title || ' ' || @break), 'A')
                       || setweight(to_tsvector('goimg_english', g.labels || ' ' || @break), 'B')
                       || setweight(to_tsvector('goimg_english', g.description), 'D')
                       || strip(to_tsvector('goimg_german', concat_ws(' ', g.title, g.labels, g.description))),
                       @break
                   )
                   || array_to_tsvector(string_to_array(g.keys, U&'\001F') || ('c:' || b.number)) AS document,
                   ARRAY(SELECT DISTINCT unaccent(w) FROM unnest(string_to_array(g.words, ' ')) w) AS words,
                   string_to_array(g.tags, ' ') AS tags,
                   b.number AS block
            FROM unnest(@ids, @created, @titles, @labels, @descriptions, @keys, @words, @tags)
                 AS g (id, created_at, title, labels, description, keys, words, tags)
            CROSS JOIN LATERAL (SELECT number FROM search_blocks WHERE starts_at <= g.created_at ORDER BY number DESC LIMIT 1) b
        ),
        known AS (SELECT image_id, words, tags FROM image_search WHERE image_id = ANY (@asked)),
        gone AS (DELETE FROM image_search WHERE image_id = ANY (@asked) AND image_id <> ALL (@ids)),
        written AS (
            INSERT INTO image_search (image_id, created_at, document, words, tags, revision)
            SELECT id, created_at, document, words, tags, @revision FROM given
            ON CONFLICT (image_id) DO UPDATE
            SET document = excluded.document, words = excluded.words, tags = excluded.tags, revision = excluded.revision
        ),
        filled AS (
            UPDATE search_blocks b SET images = b.images + added.n
            FROM (SELECT block, count(*) AS n FROM given WHERE id NOT IN (SELECT image_id FROM known) GROUP BY block) added
            WHERE b.number = added.block
        ),
        counted_words AS (
            INSERT INTO search_words AS w (word, images)
            SELECT word, sum(n) FROM (
                SELECT unnest(words) AS word, 1 AS n FROM given UNION ALL SELECT unnest(words), -1 FROM known
            ) changes
            GROUP BY word HAVING sum(n) <> 0
            ON CONFLICT (word) DO UPDATE SET images = w.images + excluded.images
        )
        INSERT INTO tag_counts AS t (tag, images)
        SELECT tag, sum(n) FROM (
            SELECT unnest(tags) AS tag, 1 AS n FROM given UNION ALL SELECT unnest(tags), -1 FROM known
        ) changes
        GROUP BY tag HAVING sum(n) <> 0
        ON CONFLICT (tag) DO UPDATE SET images = t.images + excluded.images
        """;

    // A block begins a little later than now: whoever looks for images knows it by then, and none that is stored already belongs to it.
    private const string CleanUp = """
        DELETE FROM search_words WHERE images <= 0;
        DELETE FROM tag_counts WHERE images <= 0;
        INSERT INTO search_blocks (number, starts_at, images)
        SELECT number + 1, now() + interval '2 minutes', 0
        FROM (SELECT * FROM search_blocks ORDER BY number DESC LIMIT 1) newest
        WHERE images >= @block_size AND starts_at <= now()
        """;
}
