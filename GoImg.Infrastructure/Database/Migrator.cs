using System.Reflection;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Migrations;
using Npgsql;

namespace GoImg.Infrastructure.Database;

/// <summary>Brings the schema up or down, one process at a time: all take the same advisory lock.</summary>
public sealed class Migrator(string connectionString)
{
    // Any constant of ours; it names the lock in pg_locks.
    private const long LockKey = 0x60_1A46_0001;

    private static readonly string[] Known =
    [
        .. typeof(Migrator).Assembly.GetTypes().Select(type => type.GetCustomAttribute<MigrationAttribute>()?.Id).OfType<string>(),
    ];

    /// <summary>Names of migrations, oldest first, and whether each is applied. A name the program does not know comes from a newer GoImg.</summary>
    public async Task<IReadOnlyList<MigrationStatus>> StatusAsync(CancellationToken cancellationToken)
    {
        await using var db = Open();
        var applied = (await db.Database.GetAppliedMigrationsAsync(cancellationToken)).ToList();
        var known = db.Database.GetMigrations().ToList();
        return
        [
            .. known.Select(name => new MigrationStatus(name, applied.Contains(name), IsKnown: true)),
            .. applied.Except(known).Select(name => new MigrationStatus(name, IsApplied: true, IsKnown: false)),
        ];
    }

    /// <summary>Whether the database has no table at all, not even of this program.</summary>
    public async Task<bool> IsEmptyAsync(CancellationToken cancellationToken)
    {
        await using var session = new NpgsqlConnection(connectionString);
        await session.OpenAsync(cancellationToken);
        await using var tables = new NpgsqlCommand(
            "SELECT NOT EXISTS (SELECT FROM pg_class WHERE relnamespace = current_schema()::regnamespace AND relkind IN ('r', 'p', 'v', 'm', 'S'))",
            session
        );
        return await tables.ExecuteScalarAsync(cancellationToken) is true;
    }

    /// <summary>Whether this program knows a migration of that name.</summary>
    public static bool Knows(string migration) => Known.Contains(migration);

    /// <summary>Applies what is missing. Throws <see cref="SchemaIsNewerException"/> and touches nothing when the schema is a newer program's.</summary>
    public Task UpAsync(CancellationToken cancellationToken) =>
        LockedAsync(
            async (session, db) =>
            {
                var applied = await AppliedAsync(session, cancellationToken);
                if (applied.Except(Known).FirstOrDefault() is { } unknown)
                    throw new SchemaIsNewerException(unknown);
                if (Known.Except(applied).Any())
                    await db.Database.MigrateAsync(cancellationToken);
            },
            cancellationToken
        );

    /// <summary>Takes the newest applied migration back; its data is lost. Returns its name, or null when there was none.</summary>
    public async Task<string?> DownAsync(CancellationToken cancellationToken)
    {
        string? undone = null;
        await LockedAsync(
            async (_, db) =>
            {
                var applied = (await db.Database.GetAppliedMigrationsAsync(cancellationToken)).ToList();
                undone = applied.LastOrDefault();
                if (undone is not null)
                    await db.Database.MigrateAsync(applied.Count > 1 ? applied[^2] : Migration.InitialDatabase, cancellationToken);
            },
            cancellationToken
        );
        return undone;
    }

    // Without EF: most starts find nothing to do, and a model built to learn that would be a third of the start.
    private static async Task<List<string>> AppliedAsync(NpgsqlConnection session, CancellationToken cancellationToken)
    {
        await using (var there = new NpgsqlCommand("SELECT to_regclass('\"__EFMigrationsHistory\"') IS NOT NULL", session))
        {
            if (await there.ExecuteScalarAsync(cancellationToken) is not true)
                return [];
        }

        var applied = new List<string>();
        await using var read = new NpgsqlCommand("SELECT \"MigrationId\" FROM \"__EFMigrationsHistory\" ORDER BY 1", session);
        await using var rows = await read.ExecuteReaderAsync(cancellationToken);
        while (await rows.ReadAsync(cancellationToken))
            applied.Add(rows.GetString(0));
        return applied;
    }

    private async Task LockedAsync(Func<NpgsqlConnection, GoImgDbContext, Task> work, CancellationToken cancellationToken)
    {
        // The lock lives on a session of its own: EF opens and closes its connection as it likes.
        // Not a pooled one: given back to its pool it would keep the lock, and every other node would wait for minutes.
        await using var holder = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(connectionString) { Pooling = false }.ConnectionString);
        await holder.OpenAsync(cancellationToken);
        // As long as another node's migration takes.
        await using (var take = new NpgsqlCommand($"SELECT pg_advisory_lock({LockKey})", holder) { CommandTimeout = 0 })
            await take.ExecuteNonQueryAsync(cancellationToken);
        await using var db = Open();
        await work(holder, db);
    }

    private GoImgDbContext Open() => new(new DbContextOptionsBuilder<GoImgDbContext>().UseNpgsql(connectionString).Options);
}

public sealed record MigrationStatus(string Name, bool IsApplied, bool IsKnown);

public sealed class SchemaIsNewerException(string migration)
    : Exception(
        $"The database has the migration {migration}, which this GoImg does not know: it was written by a newer one. Start that version, or restore a backup from before the upgrade."
    );
