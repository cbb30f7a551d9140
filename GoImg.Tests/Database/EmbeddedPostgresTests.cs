using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;
using GoImg.Infrastructure.Database.Embedded;
using GoImg.Tests.Harness;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace GoImg.Tests.Database;

public sealed class EmbeddedPostgresTests : IDisposable
{
    private const string OwnerData = "GOIMG_TEST_OWNER_DATA";

    private readonly TempDirectory _data = new();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private string Root => _data["postgres"];

    private string Cluster => Path.Combine(Root, "cluster");

    private string PidFile => Path.Combine(Cluster, "postmaster.pid");

    public void Dispose() => _data.Dispose();

    [Fact]
    public async Task The_first_start_makes_a_durable_database()
    {
        await using var postgres = await StartAsync();

        Assert.Equal("goimg|goimg|UTF8|C.UTF-8|scram-sha-256|on|on|on|on|f", await ScalarAsync(postgres, """
            SELECT concat_ws('|', current_user, current_database(), current_setting('server_encoding'), current_setting('lc_collate'),
                current_setting('password_encryption'), current_setting('fsync'), current_setting('synchronous_commit'),
                current_setting('full_page_writes'), current_setting('data_checksums'), (SELECT rolsuper FROM pg_roles WHERE rolname = current_user))
            """));
    }

    [Fact]
    public async Task Only_GoImg_and_the_servers_account_can_reach_the_database()
    {
        await using var postgres = await StartAsync();

        foreach (var closed in (string[])["cluster", "run", "log", "password", "admin.password"])
        {
            var mode = File.GetUnixFileMode(Path.Combine(Root, closed));
            Assert.Equal(UnixFileMode.None, mode & (UnixFileMode)Convert.ToInt32("077", 8));
        }

        var wrong = new NpgsqlConnectionStringBuilder(postgres.ConnectionString) { Password = "wrong", Pooling = false }.ConnectionString;
        var refused = await Assert.ThrowsAsync<PostgresException>(() => ScalarAsync(wrong, "SELECT 1"));
        Assert.Equal(PostgresErrorCodes.InvalidPassword, refused.SqlState);
    }

    [Fact]
    public async Task The_server_never_runs_as_root()
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess && OperatingSystem.IsLinux(), "Only root can fail to do this.");
        await using var postgres = await StartAsync();

        var owner = (await File.ReadAllLinesAsync($"/proc/{postgres.ServerProcessId}/status", Ct)).Single(line => line.StartsWith("Uid:", StringComparison.Ordinal));

        Assert.DoesNotContain("0", owner.Split('\t')[1..]);
    }

    [Fact]
    public async Task A_restart_keeps_the_rows()
    {
        await using (var first = await StartAsync()) await WriteRowsAsync(first, 3);

        await using var second = await StartAsync();

        Assert.Equal(3L, await CountAsync(second));
    }

    [Fact]
    public async Task Stopping_leaves_no_process_and_no_pid_file()
    {
        var postgres = await StartAsync();
        var server = postgres.ServerProcessId;

        await postgres.DisposeAsync();
        await postgres.DisposeAsync();

        Assert.False(IsRunning(server));
        Assert.False(File.Exists(PidFile));
    }

    [Fact]
    public async Task A_killed_server_is_started_again_under_the_same_connection_string_with_every_acknowledged_row()
    {
        // many more by hand: GOIMG_TEST_KILLS=500
        var kills = int.Parse(Environment.GetEnvironmentVariable("GOIMG_TEST_KILLS") ?? "2", CultureInfo.InvariantCulture);
        await using var postgres = await StartAsync();
        await WriteRowsAsync(postgres, 1);
        for (var round = 2; round <= kills + 1; round++)
        {
            var server = postgres.ServerProcessId;
            // a session that is busy when its postmaster dies holds on to the shared memory for a while
            var busy = ScalarAsync(postgres, "SELECT pg_sleep(30)");
            Kill(server);

            await Eventually.TrueAsync(async () => postgres.ServerProcessId != server && await AnswersAsync(postgres));
            await WriteRowsAsync(postgres, 1);

            Assert.Equal((long)round, await CountAsync(postgres));
            await Assert.ThrowsAnyAsync<NpgsqlException>(() => busy);
        }

        // with checksums on, a torn page would also show here
        Assert.Equal("ok", await ScalarAsync(postgres.AdminConnectionString.Replace("Database=postgres", "Database=goimg", StringComparison.Ordinal), """
            CREATE EXTENSION amcheck;
            SELECT bt_index_check(oid, true) FROM pg_class WHERE relkind = 'i' AND relam = (SELECT oid FROM pg_am WHERE amname = 'btree') AND relpersistence = 'p';
            SELECT 'ok'
            """, lastResult: true));
    }

    [Fact]
    public async Task After_a_kill_of_GoImg_the_next_start_takes_over_with_every_acknowledged_row()
    {
        using var owner = ChildTest.Start(
            $"{typeof(EmbeddedPostgresTests).FullName}.{nameof(Owner_that_writes_until_it_is_killed)}", [new(OwnerData, _data.Path)]);
        await Eventually.TrueAsync(() => Task.FromResult(Acknowledged() >= 20));
        var orphan = int.Parse((await File.ReadAllLinesAsync(PidFile, Ct))[0], CultureInfo.InvariantCulture);
        Kill(owner.Id);
        await owner.WaitForExitAsync(Ct);
        Assert.True(IsRunning(orphan));

        await using var postgres = await StartAsync();

        Assert.NotEqual(orphan, postgres.ServerProcessId);
        Assert.False(IsRunning(orphan));
        Assert.InRange(await CountAsync(postgres), Acknowledged(), long.MaxValue);
    }

    [ChildFact]
    public async Task Owner_that_writes_until_it_is_killed()
    {
        var data = Environment.GetEnvironmentVariable(OwnerData)!;
        await using var postgres = await EmbeddedPostgres.StartAsync(new EmbeddedPostgresOptions { DataPath = data }, NullLogger.Instance, Ct);
        while (true)
        {
            await WriteRowsAsync(postgres, 1);
            await File.AppendAllTextAsync(Path.Combine(data, "acknowledged"), ".", Ct);
        }
    }

    [Fact]
    public async Task A_stale_pid_file_does_not_hinder_the_start()
    {
        await (await StartAsync()).DisposeAsync();
        await WritePidFileAsync(processId: 4_000_000);

        await using var postgres = await StartAsync();

        Assert.True(await AnswersAsync(postgres));
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

            Assert.True(await AnswersAsync(postgres));
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
        await using var other = await EmbeddedPostgres.StartAsync(new EmbeddedPostgresOptions { DataPath = neighbour.Path }, NullLogger.Instance, Ct);
        var process = other.ServerProcessId;
        await (await StartAsync()).DisposeAsync();
        await WritePidFileAsync(process);

        await using var postgres = await StartAsync();

        Assert.True(await AnswersAsync(other));
        Assert.Equal(process, other.ServerProcessId);
    }

    [Fact]
    public async Task A_second_start_on_the_same_data_is_refused_and_the_first_goes_on()
    {
        await using var first = await StartAsync();
        var server = first.ServerProcessId;

        var refused = await Assert.ThrowsAsync<EmbeddedPostgresException>(StartAsync);

        Assert.Contains("Another GoImg is running", refused.Message, StringComparison.Ordinal);
        Assert.True(await AnswersAsync(first));
        Assert.Equal(server, first.ServerProcessId);
    }

    [Fact]
    public async Task Many_starts_at_once_make_one_database()
    {
        var starts = Enumerable.Range(0, 6).Select(async _ =>
        {
            try
            {
                return await StartAsync();
            }
            catch (EmbeddedPostgresException)
            {
                return null;
            }
        }).ToList();

        var started = (await Task.WhenAll(starts)).OfType<EmbeddedPostgres>().ToList();

        await using var only = Assert.Single(started);
        Assert.True(await AnswersAsync(only));
    }

    [Fact]
    public async Task A_cluster_of_another_major_version_is_refused_by_name_and_not_touched()
    {
        await (await StartAsync()).DisposeAsync();
        await File.WriteAllTextAsync(Path.Combine(Cluster, "PG_VERSION"), "9999\n", Ct);
        var before = Snapshot();

        var refused = await Assert.ThrowsAsync<EmbeddedPostgresException>(StartAsync);

        Assert.Contains("was made by PostgreSQL 9999", refused.Message, StringComparison.Ordinal);
        Assert.Contains("pg_upgrade", refused.Message, StringComparison.Ordinal);
        Assert.Equal(before, Snapshot());
    }

    [Fact]
    public async Task Without_programs_the_message_names_the_setting()
    {
        var refused = await Assert.ThrowsAsync<EmbeddedPostgresException>(() => StartAsync(Options with { ProgramsPath = "/usr/share" }));

        Assert.Contains("Database:ProgramsPath is /usr/share", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_start_that_fails_says_why_and_leaves_nothing_running()
    {
        await (await StartAsync()).DisposeAsync();
        await File.AppendAllTextAsync(Path.Combine(Cluster, "postgresql.conf"), "no_such_setting = 1\n", Ct);

        var refused = await Assert.ThrowsAsync<EmbeddedPostgresException>(StartAsync);

        Assert.Contains("no_such_setting", refused.Message, StringComparison.Ordinal);
        Assert.False(File.Exists(PidFile));
    }

    [Fact]
    public async Task An_interrupted_first_start_is_begun_again()
    {
        Directory.CreateDirectory(Path.Combine(Cluster + ".new", "base"));
        await File.WriteAllTextAsync(Path.Combine(Cluster + ".new", "PG_VERSION"), "15\n", Ct);

        await using var postgres = await StartAsync();

        Assert.True(await AnswersAsync(postgres));
        Assert.False(Directory.Exists(Cluster + ".new"));
    }

    [Fact]
    public async Task A_lost_password_file_is_made_again_and_the_rows_are_kept()
    {
        await using (var first = await StartAsync()) await WriteRowsAsync(first, 2);
        File.Delete(Path.Combine(Root, "password"));

        await using var second = await StartAsync();

        Assert.Equal(2L, await CountAsync(second));
    }

    [Fact]
    public async Task Where_a_sockets_path_would_be_too_long_the_server_listens_on_loopback_and_keeps_its_port()
    {
        var deep = Options with { DataPath = _data[new string('d', 90)] };
        await using var postgres = await StartAsync(deep);
        var address = new NpgsqlConnectionStringBuilder(postgres.ConnectionString);
        var server = postgres.ServerProcessId;

        Kill(server);
        await Eventually.TrueAsync(async () => postgres.ServerProcessId != server && await AnswersAsync(postgres));

        Assert.Equal("127.0.0.1", address.Host);
        Assert.Equal(address.ConnectionString, postgres.ConnectionString);
    }

    [Fact]
    public async Task A_taken_port_is_waited_for_by_a_running_GoImg()
    {
        var log = new LogLines();
        await using var postgres = await EmbeddedPostgres.StartAsync(Options with { DataPath = _data[new string('d', 90)] }, log, Ct);
        var port = new NpgsqlConnectionStringBuilder(postgres.ConnectionString).Port;
        using (var thief = new TcpListener(IPAddress.Loopback, port))
        {
            Kill(postgres.ServerProcessId);
            Assert.True(SpinWait.SpinUntil(() => TryListen(thief), TimeSpan.FromSeconds(5)));
            await Eventually.TrueAsync(() => Task.FromResult(log.Contains("does not start; next try")));
        }

        await Eventually.TrueAsync(() => AnswersAsync(postgres));
    }

    private EmbeddedPostgresOptions Options => new() { DataPath = _data.Path };

    private Task<EmbeddedPostgres> StartAsync() => StartAsync(Options);

    private static Task<EmbeddedPostgres> StartAsync(EmbeddedPostgresOptions options) => EmbeddedPostgres.StartAsync(options, NullLogger.Instance, Ct);

    private static async Task WriteRowsAsync(EmbeddedPostgres postgres, int count)
    {
        await using var connection = new NpgsqlConnection(Unpooled(postgres.ConnectionString));
        await connection.OpenAsync(Ct);
        await using var command = new NpgsqlCommand("CREATE TABLE IF NOT EXISTS row (id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY, text text)", connection);
        await command.ExecuteNonQueryAsync(Ct);
        command.CommandText = "INSERT INTO row (text) VALUES (repeat('x', 100))";
        for (var row = 0; row < count; row++) await command.ExecuteNonQueryAsync(Ct);
    }

    private static async Task<long> CountAsync(EmbeddedPostgres postgres) => (long)(await ScalarAsync(postgres, "SELECT count(*) FROM row"))!;

    private static async Task<bool> AnswersAsync(EmbeddedPostgres postgres)
    {
        try
        {
            return await ScalarAsync(postgres, "SELECT 1") is 1;
        }
        catch (NpgsqlException)
        {
            return false;
        }
    }

    private static Task<object?> ScalarAsync(EmbeddedPostgres postgres, string query) => ScalarAsync(postgres.ConnectionString, query);

    private static async Task<object?> ScalarAsync(string connectionString, string query, bool lastResult = false)
    {
        await using var connection = new NpgsqlConnection(Unpooled(connectionString));
        await connection.OpenAsync(Ct);
        await using var command = new NpgsqlCommand(query, connection);
        await using var reader = await command.ExecuteReaderAsync(Ct);
        object? value = null;
        do
        {
            while (await reader.ReadAsync(Ct)) value = reader.GetValue(0);
        }
        while (lastResult && await reader.NextResultAsync(Ct));
        return value;
    }

    private static string Unpooled(string connectionString) => new NpgsqlConnectionStringBuilder(connectionString) { Pooling = false }.ConnectionString;

    private static void Kill(int processId)
    {
        using var process = Process.GetProcessById(processId);
        process.Kill();
    }

    private static bool IsRunning(int processId) =>
        File.Exists($"/proc/{processId}/stat") && !File.ReadAllText($"/proc/{processId}/stat").Contains(") Z ", StringComparison.Ordinal);

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

    private static Process StartAsServerAccount(string program, string argument)
    {
        var start = new ProcessStartInfo(program, argument) { UseShellExecute = false, WorkingDirectory = "/" };
        if (Environment.IsPrivilegedProcess) start.UserName = "postgres";
        return Process.Start(start)!;
    }

    private Task WritePidFileAsync(int processId) =>
        File.WriteAllTextAsync(PidFile, $"{processId}\n{Cluster}\n1763700000\n5432\n{Path.Combine(Root, "run")}\n\n  5432001         0\nready   \n", Ct);

    private long Acknowledged() => File.Exists(_data["acknowledged"]) ? new FileInfo(_data["acknowledged"]).Length : 0;

    private List<string> Snapshot() =>
    [
        .. new DirectoryInfo(Cluster).EnumerateFileSystemInfos("*", SearchOption.AllDirectories)
            .Select(entry => $"{entry.FullName} {entry.LastWriteTimeUtc:O} {(entry as FileInfo)?.Length} {entry.UnixFileMode}")
            .Order(StringComparer.Ordinal),
    ];
}
