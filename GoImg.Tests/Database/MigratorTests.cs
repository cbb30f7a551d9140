using GoImg.Infrastructure.Database;
using GoImg.Tests.Harness;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace GoImg.Tests.Database;

public sealed class MigratorTests
{
    // what all nodes agree on, of whatever version
    private const long LockKey = 0x60_1A46_0001;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

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
    public async Task A_node_waits_while_another_migrates_and_goes_on_when_that_one_is_gone()
    {
        var database = await PostgresFixture.NewEmptyDatabaseAsync();
        await using var other = NpgsqlDataSource.Create(database);
        await using var migrating = await other.OpenConnectionAsync(Ct);
        await ExecuteAsync(migrating, $"SELECT pg_advisory_lock({LockKey})");

        var up = new Migrator(database).UpAsync(Ct);
        await Eventually.TrueAsync(async () =>
            await AskAsync(other, "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted") == 1
        );
        Assert.Equal(0, await TablesAsync(other));
        await ExecuteAsync(migrating, $"SELECT pg_advisory_unlock({LockKey})");
        await up;

        Assert.All(await new Migrator(database).StatusAsync(Ct), migration => Assert.True(migration is { IsApplied: true, IsKnown: true }));
    }

    [Fact]
    public async Task A_schema_of_a_newer_program_is_named_and_left_as_it_is()
    {
        var database = await PostgresFixture.NewEmptyDatabaseAsync();
        await using var source = NpgsqlDataSource.Create(database);
        await ExecuteAsync(
            await source.OpenConnectionAsync(Ct),
            """
            CREATE TABLE "__EFMigrationsHistory" ("MigrationId" varchar(150) PRIMARY KEY, "ProductVersion" varchar(32) NOT NULL);
            INSERT INTO "__EFMigrationsHistory" VALUES ('99991231235959_Later', '99.0.0')
            """
        );

        var refused = await Assert.ThrowsAsync<SchemaIsNewerException>(() => new Migrator(database).UpAsync(Ct));

        Assert.Contains("99991231235959_Later", refused.Message, StringComparison.Ordinal);
        Assert.Equal(1, await TablesAsync(source));
        var status = await new Migrator(database).StatusAsync(Ct);
        Assert.Equal(new MigrationStatus("99991231235959_Later", IsApplied: true, IsKnown: false), status[^1]);
        Assert.All(status.SkipLast(1), migration => Assert.False(migration.IsApplied));
    }

    [Fact]
    public async Task Down_takes_back_the_newest_and_says_which_until_nothing_is_left()
    {
        var migrator = new Migrator(await PostgresFixture.NewDatabaseAsync());

        foreach (var migration in (await migrator.StatusAsync(Ct)).Reverse())
        {
            Assert.Equal(migration.Name, await migrator.DownAsync(Ct));
            Assert.False((await migrator.StatusAsync(Ct)).Single(m => m.Name == migration.Name).IsApplied);
        }

        Assert.Null(await migrator.DownAsync(Ct));
    }

    [Fact]
    public async Task Every_change_of_the_model_has_its_migration()
    {
        var options = new DbContextOptionsBuilder<GoImgDbContext>().UseNpgsql(await PostgresFixture.NewDatabaseAsync()).Options;
        await using var db = new GoImgDbContext(options);

        Assert.False(db.Database.HasPendingModelChanges(), "build/add-migration NameOfTheChange makes it.");
    }

    private static Task<long> TablesAsync(NpgsqlDataSource source) =>
        AskAsync(source, "SELECT count(*) FROM information_schema.tables WHERE table_schema = 'public'");

    private static async Task<long> AskAsync(NpgsqlDataSource source, string sql)
    {
        await using var command = source.CreateCommand(sql);
        return (long)(await command.ExecuteScalarAsync(Ct))!;
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(Ct);
    }
}
