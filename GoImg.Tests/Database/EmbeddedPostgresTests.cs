using GoImg.EmbeddedPostgres;
using GoImg.Tests.Harness;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace GoImg.Tests.Database;

[Trait("Duration", "long")]
public sealed class EmbeddedPostgresTests : IDisposable
{
    private readonly TempDirectory _data = new();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private string Root => _data["postgres"];

    private string Cluster => Path.Combine(Root, "cluster");

    private string PidFile => Path.Combine(Cluster, "postmaster.pid");

    private EmbeddedPostgresOptions Options => new() { DataPath = _data.Path };

    public void Dispose() => _data.Dispose();

    [Fact]
    public async Task The_first_start_makes_a_durable_database()
    {
        await using var postgres = await StartAsync();

        Assert.Equal(
            "goimg|goimg|UTF8|C.UTF-8|scram-sha-256|on|on|on|on|f",
            await postgres.AskAsync(
                """
                SELECT concat_ws('|', current_user, current_database(), current_setting('server_encoding'), current_setting('lc_collate'),
                    current_setting('password_encryption'), current_setting('fsync'), current_setting('synchronous_commit'),
                    current_setting('full_page_writes'), current_setting('data_checksums'), (SELECT rolsuper FROM pg_roles WHERE rolname = current_user))
                """
            )
        );
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
        var refused = await Assert.ThrowsAsync<PostgresException>(() => EmbeddedRows.AskAsync(wrong, "SELECT 1"));
        Assert.Equal(PostgresErrorCodes.InvalidPassword, refused.SqlState);
    }

    [Fact]
    public async Task The_server_never_runs_as_root()
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess && OperatingSystem.IsLinux(), "Only root can fail to do this.");
        await using var postgres = await StartAsync();

        var owner = (await File.ReadAllLinesAsync($"/proc/{postgres.ServerProcessId}/status", Ct)).Single(line =>
            line.StartsWith("Uid:", StringComparison.Ordinal)
        );

        Assert.DoesNotContain("0", owner.Split('\t')[1..]);
    }

    [Fact]
    public async Task A_restart_keeps_the_rows()
    {
        await using (var first = await StartAsync())
            await first.WriteRowsAsync(3);

        await using var second = await StartAsync();

        Assert.Equal(3L, await second.CountRowsAsync());
    }

    [Fact]
    public async Task Stopping_leaves_no_process_and_no_pid_file()
    {
        var postgres = await StartAsync();
        var server = postgres.ServerProcessId;

        await postgres.DisposeAsync();
        await postgres.DisposeAsync();

        Assert.False(EmbeddedRows.IsRunning(server));
        Assert.False(File.Exists(PidFile));
    }

    [Fact]
    public async Task A_second_start_on_the_same_data_is_refused_and_the_first_goes_on()
    {
        await using var first = await StartAsync();
        var server = first.ServerProcessId;

        var refused = await Assert.ThrowsAsync<EmbeddedPostgresException>(StartAsync);

        Assert.Contains("Another GoImg is running", refused.Message, StringComparison.Ordinal);
        Assert.True(await first.AnswersAsync());
        Assert.Equal(server, first.ServerProcessId);
    }

    [Fact]
    public async Task Many_starts_at_once_make_one_database()
    {
        var starts = Enumerable
            .Range(0, 6)
            .Select(async _ =>
            {
                try
                {
                    return await StartAsync();
                }
                catch (EmbeddedPostgresException)
                {
                    return null;
                }
            })
            .ToList();

        var started = (await Task.WhenAll(starts)).OfType<EmbeddedServer>().ToList();

        await using var only = Assert.Single(started);
        Assert.True(await only.AnswersAsync());
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

        Assert.True(await postgres.AnswersAsync());
        Assert.False(Directory.Exists(Cluster + ".new"));
    }

    [Fact]
    public async Task A_lost_password_file_is_made_again_and_the_rows_are_kept()
    {
        await using (var first = await StartAsync())
            await first.WriteRowsAsync(2);
        File.Delete(Path.Combine(Root, "password"));

        await using var second = await StartAsync();

        Assert.Equal(2L, await second.CountRowsAsync());
    }

    private Task<EmbeddedServer> StartAsync() => StartAsync(Options);

    private static Task<EmbeddedServer> StartAsync(EmbeddedPostgresOptions options) => EmbeddedServer.StartAsync(options, NullLogger.Instance, Ct);

    private List<string> Snapshot() =>
        [
            .. new DirectoryInfo(Cluster)
                .EnumerateFileSystemInfos("*", SearchOption.AllDirectories)
                .Select(entry => $"{entry.FullName} {entry.LastWriteTimeUtc:O} {(entry as FileInfo)?.Length} {entry.UnixFileMode}")
                .Order(StringComparer.Ordinal),
        ];
}
