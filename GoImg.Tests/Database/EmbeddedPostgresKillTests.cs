using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;
using GoImg.EmbeddedPostgres;
using GoImg.Tests.Harness;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace GoImg.Tests.Database;

/// <summary>What a kill of the server or of GoImg leaves behind, and what others may have put in its place meanwhile.</summary>
[Trait("Duration", "long")]
public sealed class EmbeddedPostgresKillTests : IDisposable
{
    private const string OwnerData = "GOIMG_TEST_OWNER_DATA";

    private readonly TempDirectory _data = new();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private string Root => _data["postgres"];

    private string Cluster => Path.Combine(Root, "cluster");

    private string PidFile => Path.Combine(Cluster, "postmaster.pid");

    private EmbeddedPostgresOptions Options => new() { DataPath = _data.Path };

    public void Dispose() => _data.Dispose();

    [Fact]
    public async Task A_killed_server_is_started_again_under_the_same_connection_string_with_every_acknowledged_row()
    {
        // many more by hand: GOIMG_TEST_KILLS=500
        var kills = int.Parse(Environment.GetEnvironmentVariable("GOIMG_TEST_KILLS") ?? "2", CultureInfo.InvariantCulture);
        await using var postgres = await StartAsync();
        await postgres.WriteRowsAsync(1);
        for (var round = 2; round <= kills + 1; round++)
        {
            var server = postgres.ServerProcessId;
            // a session that is busy when its postmaster dies holds on to the shared memory for a while
            var busy = postgres.AskAsync("SELECT pg_sleep(30)");
            EmbeddedRows.Kill(server);

            await Eventually.TrueAsync(async () => postgres.ServerProcessId != server && await postgres.AnswersAsync());
            await postgres.WriteRowsAsync(1);

            Assert.Equal((long)round, await postgres.CountRowsAsync());
            await Assert.ThrowsAnyAsync<NpgsqlException>(() => busy);
        }

        // with checksums on, a torn page would also show here
        Assert.Equal(
            "ok",
            await EmbeddedRows.AskAsync(
                postgres.AdminConnectionString.Replace("Database=postgres", "Database=goimg", StringComparison.Ordinal),
                """
                CREATE EXTENSION amcheck;
                SELECT bt_index_check(oid, true) FROM pg_class WHERE relkind = 'i' AND relam = (SELECT oid FROM pg_am WHERE amname = 'btree') AND relpersistence = 'p';
                SELECT 'ok'
                """
            )
        );
    }

    [Fact]
    public async Task After_a_kill_of_GoImg_the_next_start_takes_over_with_every_acknowledged_row()
    {
        using var owner = ChildTest.Start(
            $"{typeof(EmbeddedPostgresKillTests).FullName}.{nameof(Owner_that_writes_until_it_is_killed)}",
            [new(OwnerData, _data.Path)]
        );
        await Eventually.TrueAsync(() => Task.FromResult(Acknowledged() >= 20));
        var orphan = int.Parse((await File.ReadAllLinesAsync(PidFile, Ct))[0], CultureInfo.InvariantCulture);
        EmbeddedRows.Kill(owner.Id);
        await owner.WaitForExitAsync(Ct);
        Assert.True(EmbeddedRows.IsRunning(orphan));

        await using var postgres = await StartAsync();

        Assert.NotEqual(orphan, postgres.ServerProcessId);
        Assert.False(EmbeddedRows.IsRunning(orphan));
        Assert.InRange(await postgres.CountRowsAsync(), Acknowledged(), long.MaxValue);
    }

    [ChildFact]
    public async Task Owner_that_writes_until_it_is_killed()
    {
        var data = Environment.GetEnvironmentVariable(OwnerData)!;
        await using var postgres = await EmbeddedServer.StartAsync(new EmbeddedPostgresOptions { DataPath = data }, NullLogger.Instance, Ct);
        while (true)
        {
            await postgres.WriteRowsAsync(1);
            await File.AppendAllTextAsync(Path.Combine(data, "acknowledged"), ".", Ct);
        }
    }

    [Fact]
    public async Task A_stale_pid_file_does_not_hinder_the_start()
    {
        await (await StartAsync()).DisposeAsync();
        await WritePidFileAsync(processId: 4_000_000);

        await using var postgres = await StartAsync();

        Assert.True(await postgres.AnswersAsync());
    }

    [Fact]
    public async Task A_pid_file_with_the_number_of_a_foreign_process_neither_hinders_the_start_nor_hurts_the_process()
    {
        await (await StartAsync()).DisposeAsync();
        using var foreign = StartAsServerAccount("sleep", "600");
        try
        {
            await WritePidFileAsync(foreign.Id);

            await using var postgres = await StartAsync();

            Assert.True(await postgres.AnswersAsync());
            Assert.False(foreign.HasExited);
        }
        finally
        {
            foreign.Kill();
        }
    }

    [Fact]
    public async Task Another_cluster_in_the_neighbourhood_is_left_alone()
    {
        using var neighbour = new TempDirectory();
        await using var other = await EmbeddedServer.StartAsync(new EmbeddedPostgresOptions { DataPath = neighbour.Path }, NullLogger.Instance, Ct);
        var process = other.ServerProcessId;
        await (await StartAsync()).DisposeAsync();
        await WritePidFileAsync(process);

        await using var postgres = await StartAsync();

        Assert.True(await other.AnswersAsync());
        Assert.Equal(process, other.ServerProcessId);
    }

    [Fact]
    public async Task Where_a_sockets_path_would_be_too_long_the_server_listens_on_loopback_and_keeps_its_port()
    {
        var deep = Options with { DataPath = _data[new string('d', 90)] };
        await using var postgres = await StartAsync(deep);
        var address = new NpgsqlConnectionStringBuilder(postgres.ConnectionString);
        var server = postgres.ServerProcessId;

        EmbeddedRows.Kill(server);
        await Eventually.TrueAsync(async () => postgres.ServerProcessId != server && await postgres.AnswersAsync());

        Assert.Equal("127.0.0.1", address.Host);
        Assert.Equal(address.ConnectionString, postgres.ConnectionString);
    }

    [Fact]
    public async Task A_taken_port_is_waited_for_by_a_running_GoImg()
    {
        var log = new LogLines();
        await using var postgres = await EmbeddedServer.StartAsync(Options with { DataPath = _data[new string('d', 90)] }, log, Ct);
        using (await TakePortAsync(postgres, log)) { }

        await Eventually.TrueAsync(() => postgres.AnswersAsync(), within: TimeSpan.FromSeconds(60));
    }

    [Fact]
    public async Task GoImg_ends_also_while_its_server_can_not_be_started()
    {
        var log = new LogLines();
        var postgres = await EmbeddedServer.StartAsync(Options with { DataPath = _data[new string('d', 90)] }, log, Ct);
        using var thief = await TakePortAsync(postgres, log);

        await postgres.DisposeAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(30), Ct);
    }

    private Task<EmbeddedServer> StartAsync() => StartAsync(Options);

    private static Task<EmbeddedServer> StartAsync(EmbeddedPostgresOptions options) => EmbeddedServer.StartAsync(options, NullLogger.Instance, Ct);

    private static Process StartAsServerAccount(string program, string argument)
    {
        var start = new ProcessStartInfo(program, argument) { UseShellExecute = false, WorkingDirectory = "/" };
        if (Environment.IsPrivilegedProcess)
            start.UserName = "postgres";
        return Process.Start(start)!;
    }

    private Task WritePidFileAsync(int processId) =>
        File.WriteAllTextAsync(
            PidFile,
            $"{processId}\n{Cluster}\n1763700000\n5432\n{Path.Combine(Root, "run")}\n\n  5432001         0\nready   \n",
            Ct
        );

    private long Acknowledged() => File.Exists(_data["acknowledged"]) ? new FileInfo(_data["acknowledged"]).Length : 0;

    /// <summary>Kills the server and listens where it did; returns when it was tried in vain to start it again.</summary>
    private static async Task<TcpListener> TakePortAsync(EmbeddedServer postgres, LogLines log)
    {
        var thief = new TcpListener(IPAddress.Loopback, new NpgsqlConnectionStringBuilder(postgres.ConnectionString).Port);
        EmbeddedRows.Kill(postgres.ServerProcessId);
        Assert.True(SpinWait.SpinUntil(() => TryListen(thief), TimeSpan.FromSeconds(5)));
        await Eventually.TrueAsync(() => Task.FromResult(log.Contains("does not start; next try")));
        return thief;
    }

    private static bool TryListen(TcpListener listener)
    {
        try
        {
            listener.Start();
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
