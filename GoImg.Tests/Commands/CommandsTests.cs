using System.Globalization;
using GoImg.Tests.Harness;
using GoImg.Web.Commands;

namespace GoImg.Tests.Commands;

public sealed class CommandsTests
{
    [Fact]
    public async Task Migrate_brings_an_empty_database_up_tells_its_state_and_takes_a_step_back()
    {
        var database = await PostgresFixture.NewEmptyDatabaseAsync();

        var before = await RunAsync("", database, "migrate", "status");
        var up = await RunAsync("", database, "migrate", "up");
        var down = await RunAsync("", database, "migrate", "down");

        Assert.Contains("missing  ", before.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("missing", up.Output, StringComparison.Ordinal);
        Assert.Contains("took back ", down.Output, StringComparison.Ordinal);
        Assert.Contains("missing  ", down.Output, StringComparison.Ordinal);
        Assert.All([before, up, down], run => Assert.Equal(0, run.Code));
    }

    [Fact]
    public async Task Admin_create_makes_an_admin_who_can_sign_in_and_says_what_is_wrong_otherwise()
    {
        await using var app = await GoImgApp.StartAsync();
        string[] create = ["admin", "create", "--username", "grace", "--email", "grace@example.org", "--password-stdin"];

        var tooShort = await RunAsync("short\n", app.ConnectionString, create);
        var made = await RunAsync(MemberClient.Password + "\n", app.ConnectionString, create);
        var twice = await RunAsync(MemberClient.Password + "\n", app.ConnectionString, create);
        using var api = new ApiClient(app);
        var signedIn = await api.SignInAsync("grace");

        Assert.Equal(1, tooShort.Code);
        Assert.Contains("needs 12 to 128", tooShort.Errors, StringComparison.Ordinal);
        Assert.Equal(0, made.Code);
        Assert.Equal(1, twice.Code);
        Assert.Contains("is taken", twice.Errors, StringComparison.Ordinal);
        Assert.Equal("admin", signedIn.Json.GetProperty("user").GetProperty("role").GetString());
    }

    [Fact]
    public async Task Doctor_writes_a_line_for_everything_and_ends_well_when_nothing_fails()
    {
        var database = await PostgresFixture.NewDatabaseAsync();

        var run = await RunAsync("", database, "doctor");

        Assert.Equal(0, run.Code);
        Assert.All(
            new[] { "ok    goimg", "ok    keys", "ok    database  PostgreSQL 1", "ok    storage", "warn  scanner", "renderer", "warn  admin" },
            line => Assert.Contains(line, run.Output, StringComparison.Ordinal)
        );
    }

    [Theory]
    [InlineData("nonsense")]
    [InlineData("migrate")]
    [InlineData("migrate", "sideways")]
    [InlineData("admin", "create")]
    [InlineData("doctor", "nonsense")]
    [InlineData("verify", "--json", "nonsense")]
    public async Task A_command_that_is_not_one_says_so_and_does_nothing(params string[] words)
    {
        var run = await RunAsync("", "Host=127.0.0.1;Port=1", words);

        Assert.Equal(2, run.Code);
        Assert.NotEmpty(run.Errors);
    }

    [Fact]
    public async Task A_database_that_is_away_is_said_in_words()
    {
        var run = await RunAsync("", "Host=127.0.0.1;Port=1;Database=goimg", "migrate", "status");

        Assert.Equal(1, run.Code);
        Assert.Contains("ConnectionStrings:GoImg", run.Errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--urls=http://0.0.0.0:{port}")]
    [InlineData("--urls=https://127.0.0.1:1;http://*:{port}/")]
    [InlineData("--http_ports={port}")]
    [InlineData("--urls=http://+:{port}", "--AllowedHosts=images.example.org")]
    public async Task Health_asks_the_server_that_listens_as_the_settings_say(params string[] settings)
    {
        await using var app = await GoImgApp.StartAsync("AllowedHosts=images.example.org;127.0.0.1");
        var port = app.Address.Port.ToString(CultureInfo.InvariantCulture);

        var run = await RunAsync("", "", ["health", .. settings.Select(s => s.Replace("{port}", port, StringComparison.Ordinal))]);

        Assert.Equal((0, "ok\n", ""), run);
    }

    [Theory]
    [InlineData(1, "--urls=http://127.0.0.1:1")]
    [InlineData(2, "--urls=https://127.0.0.1:1")]
    public async Task Health_fails_where_no_one_answers_or_could(int code, string settings)
    {
        var run = await RunAsync("", "", "health", settings);

        Assert.Equal(code, run.Code);
        Assert.NotEmpty(run.Errors);
    }

    [Fact]
    public async Task Keys_that_can_t_be_read_any_more_are_discarded_and_the_next_start_makes_new_ones()
    {
        await using var app = await GoImgApp.StartAsync();
        await app.SignUpAsync("ana");
        File.Delete(Path.Combine(app.DataPath, "keys", "data-protection.key"));

        var before = await CommandRun.Async(app, "doctor");
        var discarded = await CommandRun.Async(app, "keys", "discard");
        await using var again = await app.BesideAsync();
        await again.SignInAsync("ana");

        Assert.Equal(1, before.Code);
        Assert.Contains("fail  keys", before.Output, StringComparison.Ordinal);
        Assert.Contains("goimg keys discard", before.Output, StringComparison.Ordinal);
        Assert.Equal(0, discarded.Code);
    }

    [Fact]
    public async Task Help_lists_the_commands()
    {
        var all = await RunAsync("", "", "help");
        var one = await RunAsync("", "", "help", "migrate");

        Assert.Equal((0, 0), (all.Code, one.Code));
        Assert.All(
            new[] { "migrate", "admin", "doctor", "verify", "keys" },
            command => Assert.Contains(command, all.Output, StringComparison.Ordinal)
        );
        Assert.All(new[] { "up", "down", "status" }, step => Assert.Contains(step, one.Output, StringComparison.Ordinal));
    }

    private static async Task<(int Code, string Output, string Errors)> RunAsync(string input, string connectionString, params string[] args)
    {
        using var data = new TempDirectory();
        using var @in = new StringReader(input);
        await using var @out = new StringWriter();
        await using var errors = new StringWriter();
        string[] settings =
        [
            $"--ConnectionStrings:GoImg={connectionString}",
            $"--Data:Path={data.Path}",
            "--contentRoot",
            RepositoryPaths.Web,
            "--environment",
            "Test",
        ];
        var code = await GoImgCommands.RunAsync([.. args, .. settings], new CommandConsole(@in, @out, errors));
        return (code, @out.ToString(), errors.ToString());
    }
}
