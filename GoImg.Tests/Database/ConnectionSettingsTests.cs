using System.Globalization;
using GoImg.Infrastructure.Configuration;
using GoImg.Infrastructure.Database;
using GoImg.Tests.Harness;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace GoImg.Tests.Database;

public sealed class ConnectionSettingsTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("Host=db", 50, true)]
    [InlineData("Host=db;Max Auto Prepare=0;No Reset On Close=false", 0, false)]
    public async Task Plans_are_kept_and_sessions_are_not_reset_unless_the_connection_string_says_otherwise(
        string configured,
        int plans,
        bool noReset
    )
    {
        await using var services = new ServiceCollection().AddDatabase(_ => configured).BuildServiceProvider();

        var settings = new NpgsqlConnectionStringBuilder(services.GetRequiredService<NpgsqlDataSource>().ConnectionString);

        Assert.Equal((plans, noReset), (settings.MaxAutoPrepare, settings.NoResetOnClose));
    }

    /// <summary>The page of the configuration names them.</summary>
    [Fact]
    public void What_is_left_out_is_as_Npgsql_has_it()
    {
        var settings = new NpgsqlConnectionStringBuilder(Serving("Host=db", new()));

        Assert.Equal((100, 0, 3600, 0), (settings.MaxPoolSize, settings.MinPoolSize, settings.ConnectionLifetime, settings.KeepAlive));
        Assert.Equal((15, 30, SslMode.Prefer, null), (settings.Timeout, settings.CommandTimeout, settings.SslMode, settings.Options));
    }

    [Fact]
    public async Task Who_needs_a_connection_more_than_there_may_be_waits_as_long_as_one_may_take()
    {
        await using var database = await OpenAsync(new() { MaxPoolSize = 2, ConnectTimeout = TimeSpan.FromSeconds(1) });
        await using var one = await database.OpenConnectionAsync(Ct);
        await using var two = await database.OpenConnectionAsync(Ct);

        var refused = await Assert.ThrowsAsync<NpgsqlException>(async () => await database.OpenConnectionAsync(Ct));

        Assert.Contains("Max Pool Size", refused.Message, StringComparison.Ordinal);
        Assert.Contains("currently 2", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_server_ends_a_statement_that_takes_too_long()
    {
        await using var database = await OpenAsync(new() { StatementTimeout = TimeSpan.FromMilliseconds(123) });

        Assert.Equal("123ms", await AskAsync(database, "SHOW statement_timeout"));
        var ended = await Assert.ThrowsAsync<PostgresException>(() => AskAsync(database, "SELECT pg_sleep(60)"));

        Assert.Equal(PostgresErrorCodes.QueryCanceled, ended.SqlState);
    }

    [Fact]
    public async Task An_answer_is_waited_for_no_longer_than_a_command_may_take()
    {
        await using var database = await OpenAsync(new() { CommandTimeout = TimeSpan.FromSeconds(0.5) });

        // Less than the half minute that is waited otherwise.
        var ended = await Assert.ThrowsAsync<NpgsqlException>(() => AskAsync(database, "SELECT pg_sleep(10)"));

        Assert.IsType<TimeoutException>(ended.InnerException);
    }

    [Fact]
    public async Task A_connection_is_replaced_when_it_is_old()
    {
        await using var database = await OpenAsync(new() { ConnectionLifetime = TimeSpan.FromSeconds(1) });
        var first = await AskAsync(database, "SELECT pg_backend_pid()");

        await Eventually.TrueAsync(async () => !Equals(first, await AskAsync(database, "SELECT pg_backend_pid()")));
    }

    [Fact]
    public async Task Without_TLS_there_is_no_connection_where_TLS_is_required()
    {
        await using var database = await OpenAsync(new() { SslMode = SslMode.Require });

        var refused = await Assert.ThrowsAnyAsync<NpgsqlException>(() => AskAsync(database, "SELECT 1"));

        Assert.Contains("SSL", refused.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Idle_connections_are_kept_and_asked_for_a_sign_of_life()
    {
        var settings = new NpgsqlConnectionStringBuilder(Serving("Host=db", new() { MinPoolSize = 3, KeepAlive = TimeSpan.FromSeconds(30) }));

        Assert.Equal((3, 30), (settings.MinPoolSize, settings.KeepAlive));
    }

    [Fact]
    public void Migrations_may_take_as_long_as_they_need()
    {
        var options = new DatabaseOptions { CommandTimeout = TimeSpan.FromSeconds(1), StatementTimeout = TimeSpan.FromSeconds(1) };

        var settings = new NpgsqlConnectionStringBuilder(ConnectionSettings.OfOperator("Host=db", options));

        Assert.Equal((30, null), (settings.CommandTimeout, settings.Options));
    }

    [Theory]
    [InlineData("Host=db;MaxPoolSize=5", "MaxPoolSize=7", "Database:MaxPoolSize is set, and ConnectionStrings:GoImg names Maximum Pool Size too")]
    [InlineData("Host=db;Minimum Pool Size=5", "MinPoolSize=7", "Database:MinPoolSize is set")]
    [InlineData("Host=db;Connection Lifetime=5", "ConnectionLifetime=7.00:00:00", "Database:ConnectionLifetime is set")]
    [InlineData("Host=db;SslMode=Require", "SslMode=VerifyFull", "Database:SslMode is set")]
    [InlineData("Host=db;Timeout=5", "ConnectTimeout=00:00:07", "Database:ConnectTimeout is set")]
    [InlineData("Host=db;Command Timeout=5", "CommandTimeout=00:00:07", "Database:CommandTimeout is set")]
    [InlineData("Host=db;Options=-c statement_timeout=5", "StatementTimeout=00:00:07", "Database:StatementTimeout is set")]
    [InlineData("Host=db;Keepalive=5", "KeepAlive=00:00:07", "Database:KeepAlive is set")]
    [InlineData("Host=db;Nonsense=5", "KeepAlive=00:00:07", "ConnectionStrings:GoImg can't be read")]
    [InlineData("Host=db;Port=many", "KeepAlive=00:00:07", "ConnectionStrings:GoImg can't be read")]
    [InlineData("Host=db;MaxPoolSize=5", "MinPoolSize=7", "Database:MinPoolSize is 7, more than the 5 connections there may be")]
    public async Task What_is_said_twice_or_cannot_be_stops_the_start(string connectionString, string setting, string expected)
    {
        var refused = await Record.ExceptionAsync(() => GoImgApp.OverAsync(connectionString, Path.GetTempPath(), "Database:" + setting));

        Assert.Contains(expected, Assert.IsType<BadSettingException>(refused).Message, StringComparison.Ordinal);
    }

    private static string Serving(string connectionString, DatabaseOptions options) =>
        ConnectionSettings.OfServing(ConnectionSettings.OfOperator(connectionString, options), options);

    /// <summary>Over a database of the run's server, with nothing said in the connection string that is said in the options.</summary>
    private static async Task<NpgsqlDataSource> OpenAsync(DatabaseOptions options)
    {
        var settings = new NpgsqlConnectionStringBuilder(await PostgresFixture.NewEmptyDatabaseAsync());
        settings.Remove("Maximum Pool Size");
        settings.Remove("SSL Mode");
        // These replace connections too.
        settings.Remove("Connection Idle Lifetime");
        settings.Remove("Connection Pruning Interval");
        return NpgsqlDataSource.Create(Serving(settings.ConnectionString, options));
    }

    private static async Task<string?> AskAsync(NpgsqlDataSource database, string sql)
    {
        await using var command = database.CreateCommand(sql);
        return Convert.ToString(await command.ExecuteScalarAsync(Ct), CultureInfo.InvariantCulture);
    }
}
