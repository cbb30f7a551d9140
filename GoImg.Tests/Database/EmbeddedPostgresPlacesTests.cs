using System.Diagnostics;
using GoImg.EmbeddedPostgres;
using GoImg.Tests.Harness;
using Microsoft.Extensions.Logging.Abstractions;

namespace GoImg.Tests.Database;

/// <summary>The private server on machines that differ: another account, a place it cannot reach, a disk that is full.</summary>
[Trait("Duration", "long")]
public sealed class EmbeddedPostgresPlacesTests : IDisposable
{
    private const string ChildData = "GOIMG_TEST_CHILD_DATA";
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    private readonly TempDirectory _directory = new();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task Without_root_the_server_runs_as_GoImg_itself()
    {
        SkipUnlessRoot();
        Assert.SkipUnless(
            await RunAsync("setpriv", AsPostgres("test", "-r", typeof(EmbeddedPostgresPlacesTests).Assembly.Location)) == 0,
            "The server's account cannot read this checkout."
        );
        Directory.CreateDirectory(_directory["data"]);
        Assert.Equal(0, await RunAsync("chown", "postgres:", _directory["data"]));

        var output = await ChildTest.RunAsync(
            $"{typeof(EmbeddedPostgresPlacesTests).FullName}.{nameof(Starts_twice)}",
            [new(ChildData, _directory["data"]), new("TMPDIR", _directory["data"])],
            ["setpriv", .. AsPostgres()]
        );

        Assert.True(output.Contains("Started twice as postgres.", StringComparison.Ordinal), output);
        Assert.Equal(OwnerOnly, File.GetUnixFileMode(_directory["data/postgres"]));
    }

    [Fact]
    public async Task A_cluster_made_without_root_is_run_by_its_owner_when_root_starts_it()
    {
        SkipUnlessRoot();
        await (await StartAsync(_directory["data"])).DisposeAsync();
        Assert.Equal(0, await RunAsync("chown", "-R", "daemon:", _directory["data"]));

        await using var postgres = await StartAsync(_directory["data"]);

        Assert.Equal("daemon", await ServerAccount.OwnerAsync($"/proc/{postgres.ServerProcessId}", Ct));
    }

    [Fact]
    public async Task The_setting_for_the_account_takes_an_account_that_is_there_and_is_not_root()
    {
        SkipUnlessRoot();
        await using (var postgres = await StartAsync(_directory["data"], runAs: "daemon"))
            Assert.Equal("daemon", await ServerAccount.OwnerAsync($"/proc/{postgres.ServerProcessId}", Ct));

        var root = await Assert.ThrowsAsync<EmbeddedPostgresException>(() => StartAsync(_directory["data"], runAs: "root"));
        var nobody = await Assert.ThrowsAsync<EmbeddedPostgresException>(() => StartAsync(_directory["data"], runAs: "no-such-account"));

        Assert.Contains("Database:RunAs is root, which is root", root.Message, StringComparison.Ordinal);
        Assert.Contains("Database:RunAs is no-such-account, but there is no such account", nobody.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Roots_own_data_directory_gets_a_database_in_a_place_the_servers_account_can_reach()
    {
        SkipUnlessRoot();
        Directory.CreateDirectory(_directory["root"], OwnerOnly);
        var data = _directory["root/data"];
        var log = new LogLines();
        var place = "";
        try
        {
            await (await EmbeddedServer.StartAsync(new EmbeddedPostgresOptions { DataPath = data }, log, Ct)).DisposeAsync();
            place = (await File.ReadAllTextAsync(Path.Combine(data, "postgres/location"), Ct)).Trim();
            var made = File.GetCreationTimeUtc(Path.Combine(place, "cluster/PG_VERSION"));

            await (await StartAsync(data)).DisposeAsync();

            Assert.StartsWith("/var/lib/goimg/", place, StringComparison.Ordinal);
            Assert.True(log.Contains($"The database lies in {place}"));
            Assert.Equal(made, File.GetCreationTimeUtc(Path.Combine(place, "cluster/PG_VERSION")));

            Directory.Move(place, place + ".away");
            var refused = await Assert.ThrowsAsync<EmbeddedPostgresException>(() => StartAsync(data));
            Directory.Move(place + ".away", place);
            Assert.Contains($"the database lies in {place}, and that directory is not there", refused.Message, StringComparison.Ordinal);
        }
        finally
        {
            if (place.StartsWith("/var/lib/goimg/", StringComparison.Ordinal) && Directory.Exists(place))
                Directory.Delete(place, recursive: true);
        }
    }

    [Fact]
    public async Task A_copied_data_directory_is_not_run_on_the_same_database_at_the_same_time()
    {
        SkipUnlessRoot();
        Directory.CreateDirectory(_directory["root"], OwnerOnly);
        await using var first = await StartAsync(_directory["root/data"]);
        var place = (await File.ReadAllTextAsync(_directory["root/data/postgres/location"], Ct)).Trim();
        try
        {
            Assert.Equal(0, await RunAsync("cp", "-a", _directory["root/data"], _directory["root/copy"]));

            var refused = await Assert.ThrowsAsync<EmbeddedPostgresException>(() => StartAsync(_directory["root/copy"]));

            Assert.Contains($"Another GoImg is running on {place}", refused.Message, StringComparison.Ordinal);
        }
        finally
        {
            await first.DisposeAsync();
            Directory.Delete(place, recursive: true);
        }
    }

    [Fact]
    public async Task A_cluster_that_became_unreachable_is_named_with_the_command_that_helps_and_not_replaced_by_an_empty_one()
    {
        SkipUnlessRoot();
        Directory.CreateDirectory(_directory["home"]);
        await (await StartAsync(_directory["home/data"])).DisposeAsync();
        File.SetUnixFileMode(_directory["home"], OwnerOnly);

        var refused = await Assert.ThrowsAsync<EmbeddedPostgresException>(() => StartAsync(_directory["home/data"]));

        Assert.Contains($"chmod o+x {_directory["home"]}", refused.Message, StringComparison.Ordinal);
        Assert.False(File.Exists(_directory["home/data/postgres/location"]));
    }

    [Fact]
    public async Task A_full_disk_is_named_and_the_start_succeeds_when_there_is_room()
    {
        SkipUnlessRoot();
        Directory.CreateDirectory(_directory["disk"]);
        Assert.SkipUnless(
            await RunAsync("mount", "-t", "tmpfs", "-o", "size=16m,mode=755", "tmpfs", _directory["disk"]) == 0,
            "This machine does not let us mount."
        );
        try
        {
            var refused = await Assert.ThrowsAsync<EmbeddedPostgresException>(() => StartAsync(_directory["disk"]));
            Assert.Contains("No space left on device", refused.Message, StringComparison.Ordinal);

            Assert.Equal(0, await RunAsync("mount", "-o", "remount,size=256m", _directory["disk"]));
            await (await StartAsync(_directory["disk"])).DisposeAsync();
        }
        finally
        {
            await RunAsync("umount", "--lazy", _directory["disk"]);
        }
    }

    [ChildFact]
    public async Task Starts_twice()
    {
        var data = Environment.GetEnvironmentVariable(ChildData)!;
        await (await StartAsync(data)).DisposeAsync();
        await using var postgres = await StartAsync(data);
        Console.WriteLine($"Started twice as {await ServerAccount.OwnerAsync($"/proc/{postgres.ServerProcessId}", Ct)}.");
    }

    private static void SkipUnlessRoot() =>
        Assert.SkipUnless(Environment.IsPrivilegedProcess && OperatingSystem.IsLinux(), "Only root on Linux can be somebody else.");

    private static Task<EmbeddedServer> StartAsync(string data, string? runAs = null) =>
        EmbeddedServer.StartAsync(new EmbeddedPostgresOptions { DataPath = data, RunAs = runAs }, NullLogger.Instance, Ct);

    private static string[] AsPostgres(params string[] command) => ["--reuid=postgres", "--regid=postgres", "--init-groups", .. command];

    private static async Task<int> RunAsync(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { UseShellExecute = false, RedirectStandardError = true })!;
        await process.WaitForExitAsync(Ct);
        return process.ExitCode;
    }
}
