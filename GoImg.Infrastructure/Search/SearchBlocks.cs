using Npgsql;

namespace GoImg.Infrastructure.Search;

/// <summary>The blocks there are, newest first. A singleton: they change once in 20,000 uploads, and each is known here before an image belongs to it.</summary>
internal sealed class SearchBlocks(NpgsqlDataSource database, TimeProvider time)
{
    // Less than how far ahead SearchIndex makes them.
    private static readonly TimeSpan Kept = TimeSpan.FromSeconds(30);

    private volatile Reading? _last;

    public async Task<IReadOnlyList<SearchBlock>> NewestFirstAsync(CancellationToken cancellationToken)
    {
        if (_last is { } last && time.GetElapsedTime(last.At) < Kept)
            return last.Blocks;

        var (at, blocks) = (time.GetTimestamp(), new List<SearchBlock>());
        await using var command = database.CreateCommand("SELECT number, starts_at, images FROM search_blocks ORDER BY number DESC");
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        while (await rows.ReadAsync(cancellationToken))
        {
            blocks.Add(
                new SearchBlock
                {
                    Number = rows.GetInt32(0),
                    StartsAt = rows.GetFieldValue<DateTimeOffset>(1),
                    Images = rows.GetInt32(2),
                }
            );
        }

        _last = new Reading(at, blocks);
        return blocks;
    }

    private sealed record Reading(long At, IReadOnlyList<SearchBlock> Blocks);
}
