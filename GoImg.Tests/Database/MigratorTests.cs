using GoImg.Infrastructure.Database;
using GoImg.Tests.Harness;
using Npgsql;

namespace GoImg.Tests.Database;

public sealed class MigratorTests
{
    [Fact]
    public async Task A_node_that_has_migrated_keeps_no_other_waiting()
    {
        var connectionString = await PostgresFixture.NewDatabaseAsync();
        await new Migrator(connectionString).UpAsync(TestContext.Current.CancellationToken);

        await using var other = NpgsqlDataSource.Create(connectionString);
        await using var locks = other.CreateCommand(
            "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND database = (SELECT oid FROM pg_database WHERE datname = current_database())"
        );

        Assert.Equal(0L, await locks.ExecuteScalarAsync(TestContext.Current.CancellationToken));
    }
}
