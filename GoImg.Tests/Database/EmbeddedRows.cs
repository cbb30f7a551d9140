using System.Diagnostics;
using GoImg.EmbeddedPostgres;
using Npgsql;

namespace GoImg.Tests.Database;

/// <summary>Rows written one by one, each acknowledged before the next, and other questions to a private server. No pooling:
/// a pooled connection would remember a server that was killed.</summary>
internal static class EmbeddedRows
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public static async Task WriteRowsAsync(this EmbeddedServer postgres, int count)
    {
        await using var connection = new NpgsqlConnection(Unpooled(postgres.ConnectionString));
        await connection.OpenAsync(Ct);
        await using var command = new NpgsqlCommand(
            "CREATE TABLE IF NOT EXISTS row (id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY, text text)",
            connection
        );
        await command.ExecuteNonQueryAsync(Ct);
        command.CommandText = "INSERT INTO row (text) VALUES (repeat('x', 100))";
        for (var row = 0; row < count; row++)
            await command.ExecuteNonQueryAsync(Ct);
    }

    public static async Task<long> CountRowsAsync(this EmbeddedServer postgres) => (long)(await postgres.AskAsync("SELECT count(*) FROM row"))!;

    public static async Task<bool> AnswersAsync(this EmbeddedServer postgres)
    {
        try
        {
            return await postgres.AskAsync("SELECT 1") is 1;
        }
        catch (NpgsqlException)
        {
            return false;
        }
    }

    public static Task<object?> AskAsync(this EmbeddedServer postgres, string query) => AskAsync(postgres.ConnectionString, query);

    /// <summary>The last value of the last result.</summary>
    public static async Task<object?> AskAsync(string connectionString, string query)
    {
        await using var connection = new NpgsqlConnection(Unpooled(connectionString));
        await connection.OpenAsync(Ct);
        await using var command = new NpgsqlCommand(query, connection);
        await using var reader = await command.ExecuteReaderAsync(Ct);
        object? value = null;
        do
        {
            while (await reader.ReadAsync(Ct))
                value = reader.GetValue(0);
        } while (await reader.NextResultAsync(Ct));
        return value;
    }

    public static void Kill(int processId)
    {
        using var process = Process.GetProcessById(processId);
        process.Kill();
    }

    public static bool IsRunning(int processId)
    {
        var status = $"/proc/{processId}/stat";
        return File.Exists(status) && !File.ReadAllText(status).Contains(") Z ", StringComparison.Ordinal);
    }

    private static string Unpooled(string connectionString) =>
        new NpgsqlConnectionStringBuilder(connectionString) { Pooling = false }.ConnectionString;
}
