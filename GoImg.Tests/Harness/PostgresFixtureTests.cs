using Npgsql;

namespace GoImg.Tests.Harness;

public sealed class PostgresFixtureTests
{
    [Fact]
    public async Task Each_database_is_new_and_has_the_schema()
    {
        var first = await TablesAsync(await PostgresFixture.NewDatabaseAsync());
        var second = await TablesAsync(await PostgresFixture.NewDatabaseAsync());

        Assert.True(first > 1);
        Assert.Equal(first, second);
        Assert.Equal(0, await TablesAsync(await PostgresFixture.NewEmptyDatabaseAsync()));
    }

    private static async Task<long> TablesAsync(string connectionString)
    {
        await using var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync();
        await using (var mark = new NpgsqlCommand("CREATE TABLE mark_of_this_test (id int); DROP TABLE mark_of_this_test", connection))
            await mark.ExecuteNonQueryAsync();
        await using var count = new NpgsqlCommand("SELECT count(*) FROM information_schema.tables WHERE table_schema = 'public'", connection);
        return (long)(await count.ExecuteScalarAsync())!;
    }
}
