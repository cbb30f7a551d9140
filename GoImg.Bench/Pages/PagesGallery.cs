using GoImg.Bench.GoImgItself;
using GoImg.Bench.Search;
using GoImg.Core.Shared;
using GoImg.Infrastructure.Storage;

namespace GoImg.Bench.Pages;

/// <summary>A gallery with people in it: likes, comments, albums and reports beside the images and their index, and the server over it as visitors reach it.</summary>
internal sealed class PagesGallery : IAsyncDisposable
{
    /// <summary>Has the most images, a full library and a moderator's rights.</summary>
    private const string Reader = "member0";

    private readonly string _directory;
    private readonly string _workspace;
    private SearchGallery _rows;
    private Server? _server;

    private PagesGallery(SearchGallery rows, string directory, string workspace) => (_rows, _directory, _workspace) = (rows, directory, workspace);

    public HttpClient Visitor { get; private set; } = null!;

    public HttpClient Member { get; private set; } = null!;

    public IReadOnlyList<(string Kind, HttpClient Asker, IReadOnlyList<string> Paths)> Pages { get; private set; } = [];

    public static async Task<PagesGallery> StartAsync(int count, string directory, string workspace)
    {
        var rows = await SearchGallery.StartAsync(directory);
        var gallery = new PagesGallery(rows, directory, workspace);
        await rows.FillAsync(count);
        if (await rows.AskAsync<long>("SELECT count(*) FROM albums") == 0)
            await gallery.WritePeopleAsync();
        await gallery.StartServerAsync();
        await gallery.SignInAsync();
        gallery.Pages = await gallery.ChooseAsync();
        return gallery;
    }

    /// <summary>A new process that has nothing in memory, over a database that has none of it in its buffers.</summary>
    public async Task RestartColdAsync()
    {
        await StopServerAsync();
        await _rows.DisposeAsync();
        _rows = await SearchGallery.StartAsync(_directory);
        await StartServerAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await StopServerAsync();
        await _rows.DisposeAsync();
    }

    private async Task StartServerAsync()
    {
        // A store that was there before the rows, for the server to believe in them.
        var objects = Path.Combine(_workspace, "objects");
        new LocalObjectStore(objects, reserveBytes: 0, TimeProvider.System).Prepare(mustExist: false);
        // Without jobs: the images have no originals to be rendered anew from.
        _server = await Server.StartAsync(
            _workspace,
            Environment.ProcessorCount,
            $"ConnectionStrings:GoImg={_rows.ConnectionString}",
            $"Storage:Path={objects}",
            "Node:Role=web",
            // Each start has a data directory of its own, and the keys in the database are to be readable from all of them.
            "DataProtection:Passphrase=nine herons cross the ford at dusk",
            "Limits:PagesPerMinute=0",
            "Network:MaxConnectionsPerNetwork=0"
        );
        Visitor = new HttpClient(new SocketsHttpHandler { MaxConnectionsPerServer = 256 }) { BaseAddress = _server.Address };
        Member = new HttpClient(new SocketsHttpHandler { MaxConnectionsPerServer = 256 }) { BaseAddress = _server.Address };
    }

    private async Task StopServerAsync()
    {
        Visitor?.Dispose();
        Member?.Dispose();
        if (_server is not null)
            await _server.DisposeAsync();
        _server = null;
    }

    // Counts are everybody's; rows of likes and comments are those of every twentieth image. Each member has five albums, one of them with up to 3,000 images.
    private async Task WritePeopleAsync()
    {
        await _rows.ExecuteAsync(
            """
            INSERT INTO likes (image_id, member_id, created_at)
            SELECT i.image_id, m.id, now() - n * interval '1 minute'
            FROM image_counters i
            CROSS JOIN LATERAL generate_series(1, least(i.likes, 20)) n
            JOIN (SELECT id, row_number() OVER (ORDER BY id) AS place, count(*) OVER () AS members FROM members) m
              ON m.place = 1 + abs(hashint8(hashtextextended(i.image_id::text, n))::bigint) % m.members
            WHERE i.likes > 0 AND hashtextextended(i.image_id::text, 1) % 20 = 0
            ON CONFLICT DO NOTHING;
            INSERT INTO comments (id, image_id, author_id, words, created_at, version)
            SELECT gen_random_uuid(), i.image_id, (SELECT id FROM members ORDER BY id LIMIT 1), 'What a fine picture', now() - n * interval '1 hour', 1
            FROM image_counters i CROSS JOIN LATERAL generate_series(1, least(i.comments, 30)) n
            WHERE i.comments > 0 AND hashtextextended(i.image_id::text, 1) % 20 = 0;
            INSERT INTO albums (id, slug, owner_id, title, description, visibility, "order", created_at, version)
            SELECT gen_random_uuid(), 'a' || lpad(to_hex(row_number() OVER ()), 15, '0'), m.id, 'Album ' || n, '', 'Public', 'Manual', now() - n * interval '1 day', 1
            FROM members m CROSS JOIN generate_series(1, 5) n;
            INSERT INTO album_images (album_id, image_id, position)
            SELECT a.id, i.id, row_number() OVER (PARTITION BY a.id ORDER BY i.id) * 1024
            FROM albums a
            CROSS JOIN LATERAL (
                SELECT id FROM images WHERE owner_id = a.owner_id ORDER BY created_at DESC, id DESC
                LIMIT CASE WHEN a.title = 'Album 1' THEN 3000 ELSE 40 END
            ) i;
            INSERT INTO report_cases (id, subject_id, subject_kind, status, report_count, opened_at, version, owner_id)
            SELECT gen_random_uuid(), id, 'Image', 'Pending', 1 + (random() * 3)::int, now() - random() * interval '9 days', 1, owner_id
            FROM (SELECT id, owner_id FROM images ORDER BY id LIMIT (SELECT greatest(20, count(*) / 1000) FROM images)) reported;
            """
        );
        await _rows.ExecuteAsync("VACUUM (ANALYZE)");
    }

    // The rows have no passwords: a member who signs up lends theirs.
    private async Task SignInAsync()
    {
        if (await _rows.AskAsync<long>($"SELECT count(*) FROM accounts WHERE normalized_user_name = upper('{Reader}')") == 0)
        {
            var lender = await GoImgItself.Member.RegisterAsync(_server!.Address);
            await _rows.ExecuteAsync(
                $"""
                INSERT INTO accounts
                SELECT (jsonb_populate_record(a, jsonb_build_object('id', m.id, 'user_name', m.username, 'normalized_user_name', upper(m.username),
                                                                    'email', m.email, 'normalized_email', upper(m.email)))).*
                FROM accounts a, members m WHERE a.normalized_user_name = upper('{lender}') AND m.username = '{Reader}';
                UPDATE members SET role = 'Moderator' WHERE username = '{Reader}';
                """
            );
        }

        Member.DefaultRequestHeaders.Authorization = await GoImgItself.Member.SignInAsync(_server!.Address, Reader);
    }

    private async Task<IReadOnlyList<(string, HttpClient, IReadOnlyList<string>)>> ChooseAsync()
    {
        var images = await _rows.ListAsync(
            "SELECT slug, created_at, id FROM images WHERE visibility = 'Public' AND state = 'Active' ORDER BY hashtextextended(slug, 3) LIMIT 200",
            row => (Slug: row.GetString(0), At: new Cursor(new DateTimeOffset(row.GetDateTime(1)), row.GetGuid(2)))
        );
        var members = await _rows.ListAsync("SELECT username FROM members ORDER BY length(username), username LIMIT 200", row => row.GetString(0));
        var albums = await _rows.ListAsync("SELECT slug FROM albums ORDER BY (title = 'Album 1') DESC, id LIMIT 100", row => row.GetString(0));
        var tags = await _rows.ListAsync("SELECT tag FROM tag_counts ORDER BY images DESC LIMIT 200", row => row.GetString(0));
        var own = await _rows.ListAsync(
            $"SELECT created_at, id FROM images WHERE owner_id = (SELECT id FROM members WHERE username = '{Reader}') ORDER BY hashtextextended(slug, 3) LIMIT 50",
            row => new Cursor(new DateTimeOffset(row.GetDateTime(0)), row.GetGuid(1))
        );
        return
        [
            ("explore", Visitor, ["/explore", .. images.Take(60).Select(i => $"/explore?after={i.At}")]),
            ("image", Visitor, [.. images.Select(i => $"/i/{i.Slug}")]),
            ("member", Visitor, [.. members.Select(m => $"/u/{m}")]),
            ("album", Visitor, [.. albums.Select(a => $"/a/{a}")]),
            ("tag", Visitor, [.. tags.Select(t => $"/t/{Uri.EscapeDataString(t)}")]),
            ("search", Visitor, [.. SearchQueries.All().SelectMany(k => k.Typed.Take(10)).Select(q => $"/search?q={Uri.EscapeDataString(q)}")]),
            ("library", Member, ["/library", .. own.Select(c => $"/library?after={c}")]),
            ("queue", Member, ["/moderation"]),
        ];
    }
}
