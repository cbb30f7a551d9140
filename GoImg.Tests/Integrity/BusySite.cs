using System.Collections.Concurrent;
using System.Diagnostics;
using System.Security.Cryptography;
using GoImg.Core.Images;
using GoImg.Tests.Harness;
using Npgsql;

namespace GoImg.Tests.Integrity;

/// <summary>Two nodes over one database and store, and people who upload to either: while one is away each finds what the other left behind.
/// What people were told stands in a journal. A witness looks on that is never killed and does no work.</summary>
public sealed class BusySite : IAsyncDisposable
{
    private const int Uploaders = 6;

    private readonly TempDirectory _data;
    private readonly GoImgApp _witness;
    private readonly ServerProcess _a;
    private readonly ServerProcess _b;
    private readonly ConcurrentDictionary<ImageId, byte[]> _journal = new();
    private readonly ConcurrentDictionary<Uri, int> _taken = new();

    private BusySite(TempDirectory data, GoImgApp witness, string[] settings)
    {
        (_data, _witness) = (data, witness);
        (_a, _b) = (new ServerProcess(witness.ConnectionString, data.Path, settings), new ServerProcess(witness.ConnectionString, data.Path, settings));
    }

    public static async Task<BusySite> StartAsync(params string[] settings)
    {
        var data = new TempDirectory();
        var witness = await GoImgApp.OverAsync(await PostgresFixture.NewDatabaseAsync(), data.Path, "Jobs:Enabled=false");
        var site = new BusySite(data, witness, [.. settings, .. Enumerable.Range(0, 3).Select(i => $"Jobs:RetryDelays:{i}=00:00:01")]);
        await Task.WhenAll(site._a.StartAsync(), site._b.StartAsync());
        return site;
    }

    /// <summary>Does this to both nodes while people upload.</summary>
    public async Task DisturbAsync(Func<ServerProcess, Task> how)
    {
        using var enough = new CancellationTokenSource();
        using var ana = await UploadingApi.SignInAsync(_witness.Address);
        var uploading = Enumerable.Range(0, Uploaders).Select(u => UploadAsync(ana, u, enough.Token)).ToArray();
        var watch = Stopwatch.StartNew();
        await Task.WhenAll(how(_a), how(_b));
        await enough.CancelAsync();
        await Task.WhenAll(uploading);
        TestContext.Current.TestOutputHelper?.WriteLine($"{_journal.Count} acknowledged and {ana.CutOff} cut off in {watch.Elapsed.TotalSeconds:0} s.");
    }

    /// <summary>Waits until this node has taken so many more uploads: a server that has only just started is busy with itself.</summary>
    public Task TakesAsync(ServerProcess server, int more)
    {
        var before = _taken.GetValueOrDefault(server.Address);
        return Eventually.TrueAsync(() => Task.FromResult(_taken.GetValueOrDefault(server.Address) >= before + more), TimeSpan.FromSeconds(60));
    }

    /// <summary>In the middle of it all, and while the other node works on: what was acknowledged by now is there, and the gallery verifies.</summary>
    public async Task AssertIntactAsync()
    {
        var told = _journal.ToArray();
        var kept = await HashesAsync();
        Assert.All(told, entry => Assert.Equal(entry.Value, kept.GetValueOrDefault(entry.Key.Value)));
        Assert.Empty(await _witness.VerifyAsync(isDeep: false, TimeSpan.FromDays(1)));
    }

    /// <summary>When it is over: every job has come to its end, every byte is read again, and nothing is left over.</summary>
    public async Task AssertNothingIsLostAsync(int atLeast)
    {
        Assert.True(_journal.Count > atLeast, $"Only {_journal.Count} uploads were acknowledged: the test did not test.");
        await _witness.AssertNothingIsLostAsync(_journal, "after it all");
    }

    public async Task<long> CountJobsAsync(string where)
    {
        await using var source = NpgsqlDataSource.Create(_witness.ConnectionString);
        await using var command = source.CreateCommand($"SELECT count(*) FROM jobs WHERE kind = 'image.prepare' AND ({where})");
        return (long)(await command.ExecuteScalarAsync(TestContext.Current.CancellationToken))!;
    }

    public async ValueTask DisposeAsync()
    {
        _a.Dispose();
        _b.Dispose();
        await _witness.DisposeAsync();
        _data.Dispose();
    }

    private async Task<Dictionary<Guid, byte[]>> HashesAsync()
    {
        await using var source = NpgsqlDataSource.Create(_witness.ConnectionString);
        await using var command = source.CreateCommand("SELECT id, sha256 FROM images");
        await using var rows = await command.ExecuteReaderAsync(TestContext.Current.CancellationToken);
        var hashes = new Dictionary<Guid, byte[]>();
        while (await rows.ReadAsync(TestContext.Current.CancellationToken))
            hashes[rows.GetGuid(0)] = rows.GetFieldValue<byte[]>(1);
        return hashes;
    }

    private async Task UploadAsync(UploadingApi ana, int uploader, CancellationToken enough)
    {
        for (var seed = uploader + 1; !enough.IsCancellationRequested; seed += Uploaders)
        {
            var file = Pictures.Png(seed, 40, 30);
            // The same file until somebody acknowledges it, as a person or the tray would.
            while (!enough.IsCancellationRequested)
            {
                var node = RandomNumberGenerator.GetInt32(2) == 0 ? _a.Address : _b.Address;
                var answer = await ana.UploadAsync(node, file);
                if (answer.Image is { } taken)
                {
                    _journal[taken] = answer.Sha256;
                    _taken.AddOrUpdate(node, 1, (_, count) => count + 1);
                }

                // Somebody is always in the middle of it, but the processors are for the servers that start.
                await Task.Delay(RandomNumberGenerator.GetInt32(10, 90), CancellationToken.None);
                if (answer.Image is not null)
                    break;
            }
        }
    }
}
