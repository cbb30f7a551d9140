using System.Globalization;
using GoImg.Core.Accounts;
using GoImg.Core.Jobs;
using GoImg.Core.Search;
using GoImg.EmbeddedPostgres;
using GoImg.Infrastructure.Albums;
using GoImg.Infrastructure.Audit;
using GoImg.Infrastructure.Caching;
using GoImg.Infrastructure.Database;
using GoImg.Infrastructure.Images;
using GoImg.Infrastructure.LiveUpdates;
using GoImg.Infrastructure.Search;
using GoImg.Infrastructure.Social;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using NpgsqlTypes;

namespace GoImg.Bench.Search;

/// <summary>A database of its own with rows of images, no bytes, and GoImg's search over it in this process.</summary>
internal sealed class SearchGallery : IAsyncDisposable
{
    private const int ImagesAMember = 200;
    private static readonly DateTimeOffset First = new(2020, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly string[] Colors = ["#336699", "#cc2020", "#407040", "#808080", "#6b4423", "#e08020", "#f5f5f5", "#101010"];

    private readonly EmbeddedServer _postgres;
    private readonly ServiceProvider _services;
    private readonly NpgsqlDataSource _database;

    private SearchGallery(EmbeddedServer postgres)
    {
        _postgres = postgres;
        _database = NpgsqlDataSource.Create(postgres.ConnectionString);
        _services = new ServiceCollection()
            .AddSingleton(TimeProvider.System)
            .AddLogging()
            .AddCaching()
            .AddDatabase(_ => postgres.ConnectionString)
            .AddLiveUpdates()
            .AddAudit()
            .AddImages()
            .AddAlbums()
            .AddSocial()
            .AddSearch()
            .BuildServiceProvider();
    }

    /// <summary>Empty, with today's schema.</summary>
    public static async Task<SearchGallery> StartAsync(string directory)
    {
        var options = new EmbeddedPostgresOptions { DataPath = directory };
        var postgres = await EmbeddedServer.StartAsync(options, NullLogger.Instance, CancellationToken.None);
        await new Migrator(postgres.ConnectionString).UpAsync(CancellationToken.None);
        return new SearchGallery(postgres);
    }

    public async Task<SearchResults> FindAsync(string typed)
    {
        await using var scope = _services.CreateAsyncScope();
        var request = new SearchRequest(SearchQuery.Parse(typed), SearchScope.Everyone, null, 60);
        return await scope.ServiceProvider.GetRequiredService<IImageSearch>().FindAsync(Actor.Visitor(null), request, CancellationToken.None);
    }

    /// <summary>Writes the rows and has the jobs index them. Answers how long the jobs took; null when an earlier run left them here.</summary>
    public async Task<TimeSpan?> FillAsync(int count)
    {
        if (await AskAsync<long>("SELECT count(*) FROM image_search") == count)
            return null;

        var owners = await WriteMembersAsync(Math.Max(1, count / ImagesAMember));
        await WriteImagesAsync(count, owners);
        // Few are liked by many: half by nobody.
        await ExecuteAsync(
            "INSERT INTO image_counters (image_id, likes, comments, views) SELECT id, l, l / 4, l * 20 FROM (SELECT id, least(5000, floor(1 / (1 - abs(hashint8(hashtextextended(id::text, 7)) / 2147483648.0) + 0.0001) - 1)::int / 2) AS l FROM images) counted"
        );
        // As the migration does for images that are there already.
        await ExecuteAsync(
            """
            INSERT INTO search_blocks SELECT 1 + place / 20000, created_at, 0
            FROM (SELECT created_at, row_number() OVER (ORDER BY created_at) - 1 AS place FROM images) placed WHERE place > 0 AND place % 20000 = 0
            """
        );
        await ExecuteAsync("ANALYZE");
        var clock = TimeProvider.System.GetTimestamp();
        for (var job = new FillSearchIndexJob(); job is not null; job = await FollowingAsync())
        {
            await using var scope = _services.CreateAsyncScope();
            await scope
                .ServiceProvider.GetRequiredService<IJobHandler<FillSearchIndexJob>>()
                .HandleAsync(job, new JobAttempt(1, 1), CancellationToken.None);
        }

        var took = TimeProvider.System.GetElapsedTime(clock);
        await ExecuteAsync("VACUUM (ANALYZE)");
        return took;
    }

    public string ConnectionString => _postgres.ConnectionString;

    public async Task<T> AskAsync<T>(string sql)
    {
        await using var ask = _database.CreateCommand(sql);
        return (T)(await ask.ExecuteScalarAsync())!;
    }

    public async Task<IReadOnlyList<T>> ListAsync<T>(string sql, Func<NpgsqlDataReader, T> read)
    {
        await using var ask = _database.CreateCommand(sql);
        ask.CommandTimeout = 0;
        await using var rows = await ask.ExecuteReaderAsync();
        var list = new List<T>();
        while (await rows.ReadAsync())
            list.Add(read(rows));
        return list;
    }

    public async Task ExecuteAsync(string sql)
    {
        await using var command = _database.CreateCommand(sql);
        command.CommandTimeout = 0;
        await command.ExecuteNonQueryAsync();
    }

    public async Task<double> MiBAsync(string relation)
    {
        await using var ask = _database.CreateCommand($"SELECT pg_relation_size('{relation}')");
        return (long)(await ask.ExecuteScalarAsync())! / 1048576.0;
    }

    public async ValueTask DisposeAsync()
    {
        await _database.DisposeAsync();
        await _services.DisposeAsync();
        await _postgres.DisposeAsync();
    }

    // The handler enqueues what follows it; here no one else takes it.
    private async Task<FillSearchIndexJob?> FollowingAsync()
    {
        await using var take = _database.CreateCommand("DELETE FROM jobs WHERE kind = 'search.fill' RETURNING (payload->>'after')::uuid");
        return await take.ExecuteScalarAsync() is Guid after ? new FillSearchIndexJob(new(after)) : null;
    }

    private async Task<IReadOnlyList<Guid>> WriteMembersAsync(int count)
    {
        await ExecuteAsync(
            $"""
            INSERT INTO members (id, username, username_key, email, display_name, bio, role, status, created_at, version)
            SELECT gen_random_uuid(), 'member' || n, 'member' || n, 'member' || n || '@example.org', 'Member ' || n, '', 'Member', 'Active', now(), 1
            FROM generate_series(0, {count - 1}) n
            """
        );
        var ids = new List<Guid>(count);
        await using var ask = _database.CreateCommand("SELECT id FROM members ORDER BY length(username), username");
        await using var rows = await ask.ExecuteReaderAsync();
        while (await rows.ReadAsync())
            ids.Add(rows.GetGuid(0));
        return ids;
    }

    // A tenth is private, a twentieth Japanese, half have a description: 3 to 7 words in a title, 8 to 39 in a description, up to 7 tags.
    private async Task WriteImagesAsync(int count, IReadOnlyList<Guid> owners)
    {
        var words = new SearchVocabulary(seed: 1);
        await using var connection = await _database.OpenConnectionAsync();
        await using var rows = await connection.BeginBinaryImportAsync(
            """
            COPY images (id, slug, owner_id, title, description, alt_text, tags, visibility, rating, state, stage, file_name, format, size_bytes, sha256,
                         width_px, height_px, frames, dominant_color, placeholder, perceptual_hash, recipe, rendition_set, renditions, is_scanned,
                         allows_download, created_at, version) FROM STDIN (FORMAT binary)
            """
        );
        var placeholder = new byte[120];
        for (var i = 0; i < count; i++)
        {
            var at = First.AddSeconds(i * 200L);
            var tags = Enumerable.Range(0, words.Next(8)).Select(_ => words.Any()).Distinct(StringComparer.Ordinal).ToArray();
            await rows.StartRowAsync();
            await rows.WriteAsync(Guid.CreateVersion7(at), NpgsqlDbType.Uuid);
            await rows.WriteAsync(i.ToString("x16", CultureInfo.InvariantCulture), NpgsqlDbType.Varchar);
            // Few members have most of the images.
            await rows.WriteAsync(owners[(int)(owners.Count * Math.Pow(words.Next(1_000_000) / 1_000_000.0, 3))], NpgsqlDbType.Uuid);
            await rows.WriteAsync(i % 20 == 0 ? words.Unspaced(5 + words.Next(15)) : words.Sentence(3 + words.Next(5)), NpgsqlDbType.Text);
            await rows.WriteAsync(words.Next(2) == 0 ? "" : words.Sentence(8 + words.Next(32)), NpgsqlDbType.Text);
            await rows.WriteAsync("", NpgsqlDbType.Text);
            await rows.WriteAsync(tags, NpgsqlDbType.Array | NpgsqlDbType.Text);
            await rows.WriteAsync(words.Next(10) == 0 ? "Private" : "Public", NpgsqlDbType.Varchar);
            foreach (var text in new[] { "Safe", "Active", "Ready" })
                await rows.WriteAsync(text, NpgsqlDbType.Varchar);
            await rows.WriteAsync("a.jpg", NpgsqlDbType.Text);
            await rows.WriteAsync("Jpeg", NpgsqlDbType.Varchar);
            await rows.WriteAsync(5_600_000L, NpgsqlDbType.Bigint);
            await rows.WriteAsync(BitConverter.GetBytes((long)i), NpgsqlDbType.Bytea);
            var isPortrait = words.Next(4) == 0;
            await rows.WriteAsync(isPortrait ? 4000 : 6000, NpgsqlDbType.Integer);
            await rows.WriteAsync(isPortrait ? 6000 : 4000, NpgsqlDbType.Integer);
            await rows.WriteAsync(1, NpgsqlDbType.Integer);
            await rows.WriteAsync(Colors[words.Next(Colors.Length)], NpgsqlDbType.Varchar);
            await rows.WriteAsync(placeholder, NpgsqlDbType.Bytea);
            await rows.WriteAsync(0L, NpgsqlDbType.Bigint);
            await rows.WriteAsync("r", NpgsqlDbType.Varchar);
            await rows.WriteAsync("s", NpgsqlDbType.Varchar);
            await rows.WriteAsync("[]", NpgsqlDbType.Jsonb);
            await rows.WriteAsync(true, NpgsqlDbType.Boolean);
            await rows.WriteAsync(false, NpgsqlDbType.Boolean);
            await rows.WriteAsync(at, NpgsqlDbType.TimestampTz);
            await rows.WriteAsync(1, NpgsqlDbType.Integer);
        }

        await rows.CompleteAsync();
    }
}
