using GoImg.Infrastructure.Database;
using GoImg.Tests.Harness;
using Microsoft.EntityFrameworkCore;
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

    [Fact]
    public async Task Every_change_of_the_model_has_its_migration()
    {
        var options = new DbContextOptionsBuilder<GoImgDbContext>().UseNpgsql(await PostgresFixture.NewDatabaseAsync()).Options;
        await using var db = new GoImgDbContext(options);

        Assert.False(db.Database.HasPendingModelChanges(), "build/add-migration NameOfTheChange makes it.");
    }
}
