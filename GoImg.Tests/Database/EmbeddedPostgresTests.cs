using GoImg.Infrastructure.Database.Embedded;
using GoImg.Tests.Harness;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace GoImg.Tests.Database;

public sealed class EmbeddedPostgresTests : IDisposable
{
    private readonly TempDirectory _data = new();

    public void Dispose() => _data.Dispose();

    [Fact]
    public async Task The_first_start_makes_a_database_that_takes_connections()
    {
        await using var postgres = await StartAsync();

        Assert.Equal("goimg|goimg|UTF8|C.UTF-8|scram-sha-256|on|on|on|on", await ScalarAsync(postgres.ConnectionString, """
            SELECT concat_ws('|', current_user, current_database(), current_setting('server_encoding'), current_setting('lc_collate'),
                current_setting('password_encryption'), current_setting('fsync'), current_setting('synchronous_commit'),
                current_setting('full_page_writes'), current_setting('data_checksums'))
            """));
    }

    private Task<EmbeddedPostgres> StartAsync() =>
        EmbeddedPostgres.StartAsync(new EmbeddedPostgresOptions { DataPath = _data.Path }, NullLogger.Instance, TestContext.Current.CancellationToken);

    private static async Task<object?> ScalarAsync(string connectionString, string query)
    {
        await using var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        await using var command = new NpgsqlCommand(query, connection);
        return await command.ExecuteScalarAsync(TestContext.Current.CancellationToken);
    }
}
