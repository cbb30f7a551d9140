using System.Collections.Concurrent;
using GoImg.Core.Images;
using GoImg.Tests.Harness;
using Npgsql;

namespace GoImg.Tests.Integrity;

/// <summary>A gallery on two nodes and people who upload to either: while one is away each finds what the other left behind.
/// What people were told stands in a journal. A witness looks on that is never killed and does no work.</summary>
public sealed class BusyGallery : IAsyncDisposable
{
    private readonly Seed _choices = new("uploaders of busy galleries");

    private readonly TempDirectory _data;
    private readonly GoImgApp _witness;
    private readonly ConcurrentDictionary<ImageId, byte[]> _journal = new();
    private readonly ConcurrentDictionary<Uri, int> _taken = new();

    private BusyGallery(TempDirectory data, GoImgApp witness) => (_data, _witness) = (data, witness);

    public string ConnectionString => _witness.ConnectionString;

    public string DataPath => _data.Path;

    /// <param name="settings">The witness's, whose store and keys are those of the nodes.</param>
    public static async Task<BusyGallery> CreateAsync(params string[] settings)
    {
        var data = new TempDirectory();
        return new(data, await GoImgApp.OverAsync(await PostgresFixture.NewDatabaseAsync(), data.Path, [GoImgApp.NoJobs, .. settings]));
    }

    public GoImgApp Witness => _witness;

    /// <summary>Uploads that this node acknowledged.</summary>
    public int TakenBy(Uri node) => _taken.GetValueOrDefault(node);

    /// <summary>So many people upload picture after picture, to either node, until it is enough. Returns how many uploads were cut off.</summary>
    public async Task<int> UploadAsync(Uri[] nodes, int uploaders, CancellationToken enough)
    {
        using var ana = await UploadingApi.SignInAsync(_witness.Address);
        await Task.WhenAll(
            Enumerable
                .Range(0, uploaders)
                .Select(first => UploadAsync(ana, nodes, Enumerable.Range(0, int.MaxValue).Select(n => 1 + first + n * uploaders), enough))
        );
        return ana.CutOff;
    }

    /// <summary>In the middle of it all, and while the other node works on: what was acknowledged by now is there, and the gallery verifies.</summary>
    public async Task AssertIntactAsync()
    {
        var told = _journal.ToArray();
        var kept = await HashesAsync();
        Assert.All(told, entry => Assert.Equal(entry.Value, kept.GetValueOrDefault(entry.Key.Value)));
        Assert.Empty(await _witness.VerifyAsync(isDeep: false, TimeSpan.FromDays(1)));
    }

    /// <summary>When it is over: every job has come to its end, every byte is read again, and nothing is left over. Returns how many were acknowledged.</summary>
    public async Task<int> AssertNothingIsLostAsync()
    {
        await _witness.AssertNothingIsLostAsync(_journal, "after it all");
        return _journal.Count;
    }

    public async Task<long> CountJobsAsync(string where)
    {
        await using var source = NpgsqlDataSource.Create(ConnectionString);
        await using var command = source.CreateCommand($"SELECT count(*) FROM jobs WHERE kind = 'image.prepare' AND ({where})");
        return (long)(await command.ExecuteScalarAsync(TestContext.Current.CancellationToken))!;
    }

    public async ValueTask DisposeAsync()
    {
        await _witness.DisposeAsync();
        _data.Dispose();
    }

    private async Task<Dictionary<Guid, byte[]>> HashesAsync()
    {
        await using var source = NpgsqlDataSource.Create(ConnectionString);
        await using var command = source.CreateCommand("SELECT id, sha256 FROM images");
        await using var rows = await command.ExecuteReaderAsync(TestContext.Current.CancellationToken);
        var hashes = new Dictionary<Guid, byte[]>();
        while (await rows.ReadAsync(TestContext.Current.CancellationToken))
            hashes[rows.GetGuid(0)] = rows.GetFieldValue<byte[]>(1);
        return hashes;
    }

    private async Task UploadAsync(UploadingApi ana, Uri[] nodes, IEnumerable<int> seeds, CancellationToken enough)
    {
        foreach (var file in seeds.TakeWhile(_ => !enough.IsCancellationRequested).Select(seed => Pictures.Png(seed, 40, 30)))
        {
            // The same file until somebody acknowledges it, as a person or the tray would.
            while (!enough.IsCancellationRequested)
            {
                var node = nodes[_choices.Next(0, nodes.Length)];
                var answer = await ana.UploadAsync(node, file);
                if (answer.Image is { } taken)
                {
                    _journal[taken] = answer.Sha256;
                    _taken.AddOrUpdate(node, 1, (_, count) => count + 1);
                }

                // Somebody is always in the middle of it, but the processors are for the servers that start.
                await Task.Delay(_choices.Next(10, 90), CancellationToken.None);
                if (answer.Image is not null)
                    break;
            }
        }
    }
}
