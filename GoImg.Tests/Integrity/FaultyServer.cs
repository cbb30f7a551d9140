using System.Globalization;
using GoImg.Core.Images;
using GoImg.Tests.Harness;
using Npgsql;

namespace GoImg.Tests.Integrity;

/// <summary>A server on a machine that fails it for a while, a member who uploads all the same, and a journal of what she was told.</summary>
public sealed class FaultyServer : IDisposable
{
    private readonly TempDirectory _data = new();
    private readonly string _database;
    private readonly bool _losesDatabaseToo;
    private readonly Dictionary<ImageId, byte[]> _journal = [];
    private UploadingApi _ana = null!;
    private int _seed;

    private FaultyServer(string database, bool onOneThread, bool losesDatabaseToo, int? files, string[] settings)
    {
        (_database, _losesDatabaseToo) = (database, losesDatabaseToo);
        Process = new ServerProcess(database, _data.Path, settings)
        {
            OnOneThread = onOneThread,
            Launcher = files is { } most ? ["prlimit", string.Create(CultureInfo.InvariantCulture, $"--nofile={most}:{most}")] : [],
        };
    }

    public ServerProcess Process { get; }

    /// <param name="losesDatabaseToo">What fails strikes the database along with the store, so an upload may be refused for its sake.</param>
    /// <param name="files">As many as it may have open at once.</param>
    public static async Task<FaultyServer> StartAsync(bool onOneThread, bool losesDatabaseToo = false, int? files = null, params string[] settings)
    {
        var server = new FaultyServer(
            await PostgresFixture.NewDatabaseAsync(),
            onOneThread,
            losesDatabaseToo,
            files,
            [.. settings, "Jobs:RetryDelays:0=00:00:00.1"]
        );
        await server.Process.StartAsync();
        server._ana = await UploadingApi.SignInAsync(server.Process.Address);
        return server;
    }

    /// <summary>Uploads a new picture; it is taken or refused in words, whatever fails.</summary>
    public async Task<HttpStatusCode> UploadAsync() => (await UploadAsync(Pictures.Png(++_seed, 30, 20))).Status!.Value;

    public async Task<UploadResponse> UploadAsync(byte[] file)
    {
        var answer = await _ana.UploadAsync(Process.Address, file);
        if (answer.Image is { } taken)
            _journal[taken] = answer.Sha256;
        Assert.True(
            (answer.Status, answer.Code)
                is
                    (HttpStatusCode.Created, _)
                    or
                    (HttpStatusCode.ServiceUnavailable, "storage.unavailable")
                    or
                    (HttpStatusCode.InsufficientStorage, "storage.full")
                || _losesDatabaseToo && (answer.Status, answer.Code) is (HttpStatusCode.ServiceUnavailable, "api.unavailable"),
            $"It answered {answer}."
        );
        return answer;
    }

    /// <summary>Nothing fails any more, so it takes a picture again, without a restart.</summary>
    public async Task RecoverAsync() => Assert.Equal(HttpStatusCode.Created, await UploadAsync());

    /// <summary>What was refused has left nothing. (What a job is writing now is gone in a moment.)</summary>
    public Task LeavesNothingStagedAsync() =>
        Eventually.GetAsync(() => Task.FromResult(Directory.GetFiles(Path.Combine(_data.Path, "objects", "_staging"))), left => left.Length == 0);

    /// <summary>Every image is processed, or waits for the machine to mend.</summary>
    public async Task IsIdleAsync()
    {
        await using var source = NpgsqlDataSource.Create(_database);
        await Eventually.GetAsync(
            async () =>
            {
                await using var command = source.CreateCommand(
                    "SELECT count(*) FROM jobs WHERE kind = 'image.prepare' AND (state = 'Running' OR (state = 'Waiting' AND run_at <= now()))"
                );
                return (long)(await command.ExecuteScalarAsync(TestContext.Current.CancellationToken))!;
            },
            busy => busy == 0
        );
    }

    /// <summary>The database hangs up on it.</summary>
    public async Task LoseDatabaseConnectionsAsync()
    {
        await using var source = NpgsqlDataSource.Create(await PostgresFixture.AdminConnectionStringAsync());
        await using var command = source.CreateCommand("SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE datname = $1");
        command.Parameters.Add(new() { Value = new NpgsqlConnectionStringBuilder(_database).Database });
        await command.ExecuteScalarAsync(TestContext.Current.CancellationToken);
    }

    /// <summary>When it is over: what was acknowledged is there and shown, every byte is read again, and nothing is left over.</summary>
    public async Task AssertNothingIsLostAsync(string after)
    {
        await using (var source = NpgsqlDataSource.Create(_database))
        await using (var soon = source.CreateCommand("UPDATE jobs SET run_at = now() WHERE state = 'Waiting' AND kind = 'image.prepare'"))
            await soon.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        await LeavesNothingStagedAsync();
        await Process.KillAsync();

        await using var app = await GoImgApp.OverAsync(_database, _data.Path);
        var images = await app.AssertNothingIsLostAsync(_journal, after);
        Assert.All(images, image => Assert.Equal(ImageState.Active, image.State));
    }

    public void Dispose()
    {
        _ana.Dispose();
        Process.Dispose();
        _data.Dispose();
    }
}
