using System.Collections.Concurrent;
using System.Diagnostics;
using System.Security.Cryptography;
using GoImg.Core.Images;
using GoImg.Tests.Harness;
using GoImg.Tests.Integrity;

namespace GoImg.Tests.Images;

/// <summary>The promise behind every "received": it survives kill -9 at any moment, and a polite stop costs nobody anything.</summary>
[Trait("Duration", "long")]
public sealed class KilledServerTests
{
    // Each kill strikes several uploads and jobs in flight.
    private const int Uploaders = 6;
    private static readonly int KillsOfEach = 8 * Kills.Times;
    private static readonly int StopsOfEach = 2 * Kills.Times;

    [Fact]
    public async Task Killed_again_and_again_while_people_upload_it_loses_nothing_that_it_acknowledged_and_leaves_nothing_over()
    {
        await using var site = await Site.StartAsync();

        await site.DisturbAsync(async server =>
        {
            for (var kills = 0; kills < KillsOfEach; kills++)
            {
                await Task.Delay(RandomNumberGenerator.GetInt32(20, 900), TestContext.Current.CancellationToken);
                await server.KillAsync();
                await server.StartAsync();
            }
        });

        await site.AssertNothingIsLostAsync(atLeast: 2 * KillsOfEach);
    }

    [Fact]
    public async Task Stopped_politely_in_turn_while_people_upload_it_spends_no_attempt_and_leaves_no_lease_to_run_out()
    {
        await using var site = await Site.StartAsync("Jobs:Lease=00:10:00");

        await site.DisturbAsync(async server =>
        {
            for (var stops = 0; stops < StopsOfEach; stops++)
            {
                await Task.Delay(RandomNumberGenerator.GetInt32(100, 900), TestContext.Current.CancellationToken);
                await server.SignalAsync("TERM");
                Assert.Equal(0, await server.WaitForEndAsync());
                await server.StartAsync();
            }
        });

        await site.AssertNothingIsLostAsync(atLeast: 2 * StopsOfEach);
        Assert.Equal(0, await site.CountJobsAsync("attempts <> 1 OR last_error IS NOT NULL"));
    }

    /// <summary>Two nodes over one database and store, and people who upload to either: while one is away each finds what the other left behind.</summary>
    private sealed class Site : IAsyncDisposable
    {
        private readonly TempDirectory _data = new();
        private readonly ConcurrentDictionary<ImageId, byte[]> _journal = new();
        private string _database = "";
        private ServerProcess _a = null!;
        private ServerProcess _b = null!;

        public static async Task<Site> StartAsync(params string[] settings)
        {
            var site = new Site { _database = await PostgresFixture.NewDatabaseAsync() };
            string[] all = [.. settings, .. Enumerable.Range(0, 3).Select(i => $"Jobs:RetryDelays:{i}=00:00:01")];
            (site._a, site._b) = (new ServerProcess(site._database, site._data.Path, all), new ServerProcess(site._database, site._data.Path, all));
            await site._a.StartAsync();
            await site._b.StartAsync();
            return site;
        }

        public async Task DisturbAsync(Func<ServerProcess, Task> how)
        {
            using var enough = new CancellationTokenSource();
            using var ana = await UploadingApi.SignInAsync(_a.Address);
            var uploading = Enumerable.Range(0, Uploaders).Select(u => UploadAsync(ana, u, enough.Token)).ToArray();
            var watch = Stopwatch.StartNew();
            await Task.WhenAll(how(_a), how(_b));
            await enough.CancelAsync();
            await Task.WhenAll(uploading);
            TestContext.Current.TestOutputHelper?.WriteLine($"{_journal.Count} acknowledged in {watch.Elapsed.TotalSeconds:0} s.");
        }

        public async Task AssertNothingIsLostAsync(int atLeast)
        {
            Assert.True(_journal.Count > atLeast, $"Only {_journal.Count} uploads were acknowledged: the test did not test.");
            await using var app = await GoImgApp.OverAsync(_database, _data.Path);
            await app.AssertNothingIsLostAsync(_journal, "after it all");
        }

        public async Task<long> CountJobsAsync(string where)
        {
            await using var source = Npgsql.NpgsqlDataSource.Create(_database);
            await using var command = source.CreateCommand($"SELECT count(*) FROM jobs WHERE kind = 'image.prepare' AND ({where})");
            return (long)(await command.ExecuteScalarAsync(TestContext.Current.CancellationToken))!;
        }

        public ValueTask DisposeAsync()
        {
            _a.Dispose();
            _b.Dispose();
            _data.Dispose();
            return ValueTask.CompletedTask;
        }

        private async Task UploadAsync(UploadingApi ana, int uploader, CancellationToken enough)
        {
            for (var seed = uploader + 1; !enough.IsCancellationRequested; seed += Uploaders)
            {
                var file = Pictures.Png(seed, 40, 30);
                // The same file until somebody acknowledges it, as a person or the tray would.
                while (!enough.IsCancellationRequested)
                {
                    var (_, image, sha256) = await ana.UploadAsync(RandomNumberGenerator.GetInt32(2) == 0 ? _a.Address : _b.Address, file);
                    if (image is { } taken)
                    {
                        _journal[taken] = sha256;
                        break;
                    }

                    await Task.Delay(20, CancellationToken.None);
                }
            }
        }
    }
}
