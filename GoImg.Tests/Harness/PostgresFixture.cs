using System.Collections.Concurrent;
using System.Globalization;
using GoImg.EmbeddedPostgres;
using GoImg.Infrastructure.Database;
using GoImg.Tests.Harness;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

[assembly: AssemblyFixture(typeof(PostgresFixture))]

namespace GoImg.Tests.Harness;

/// <summary>One throw-away cluster for the whole run, started by the first test that asks. Each test takes a database of its own.
/// xunit makes one instance and disposes it after the last test; until then the cluster is reached statically.</summary>
public sealed class PostgresFixture : IAsyncDisposable
{
    private static readonly Lazy<Task<Cluster>> Started = new(Cluster.StartAsync);
    private static readonly ConcurrentDictionary<string, Lazy<Task>> Templates = new(StringComparer.Ordinal);
    private static int _databases;

    /// <summary>The connection string of a new database with today's schema.</summary>
    public static async Task<string> NewDatabaseAsync() =>
        await NewDatabaseAsync(await TemplateAsync("migrated", connectionString => new Migrator(connectionString).UpAsync(CancellationToken.None)));

    /// <summary>The connection string of a new database with nothing in it.</summary>
    public static Task<string> NewEmptyDatabaseAsync() => NewDatabaseAsync("template1");

    /// <summary>The connection string of a copy of <paramref name="template"/>, which no one may be connected to.</summary>
    public static async Task<string> NewDatabaseAsync(string template)
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"test{Interlocked.Increment(ref _databases)}");
        await CreateAsync(name, template);
        return await ConnectionStringAsync(name, pooling: true);
    }

    /// <summary>Makes a database once per run and has <paramref name="fill"/> fill it, over a connection string without pooling so that
    /// no connection stays open. Returns its name, for <see cref="NewDatabaseAsync(string)"/>.</summary>
    public static async Task<string> TemplateAsync(string name, Func<string, Task> fill)
    {
        await Templates
            .GetOrAdd(
                name,
                _ => new Lazy<Task>(async () =>
                {
                    await CreateAsync(name, "template1");
                    await fill(await ConnectionStringAsync(name, pooling: false));
                })
            )
            .Value;
        return name;
    }

    /// <summary>As superuser, connected to the database <c>postgres</c>; not pooled.</summary>
    public static async Task<string> AdminConnectionStringAsync() => (await Started.Value).Postgres.AdminConnectionString;

    public async ValueTask DisposeAsync()
    {
        if (!Started.IsValueCreated)
            return;
        NpgsqlConnection.ClearAllPools();
        await (await Started.Value).DisposeAsync();
    }

    private static async Task CreateAsync(string name, string template)
    {
        await using var connection = new NpgsqlConnection(await AdminConnectionStringAsync());
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand($"CREATE DATABASE {name} OWNER goimg TEMPLATE {template}", connection);
        await command.ExecuteNonQueryAsync();
    }

    private static async Task<string> ConnectionStringAsync(string database, bool pooling) =>
        new NpgsqlConnectionStringBuilder((await Started.Value).Postgres.ConnectionString)
        {
            Database = database,
            Pooling = pooling,
            MaxPoolSize = 40,
            // hundreds of databases come and go in one run: idle connections must not add up
            ConnectionIdleLifetime = 5,
            ConnectionPruningInterval = 2,
        }.ConnectionString;

    private sealed record Cluster(EmbeddedServer Postgres, TempDirectory Directory) : IAsyncDisposable
    {
        public static async Task<Cluster> StartAsync()
        {
            var directory = new TempDirectory();
            var options = new EmbeddedPostgresOptions
            {
                DataPath = directory.Path,
                Durable = false,
                MaxConnections = 400,
            };
            return new Cluster(await EmbeddedServer.StartAsync(options, NullLogger.Instance, CancellationToken.None), directory);
        }

        public async ValueTask DisposeAsync()
        {
            await Postgres.DisposeAsync();
            Directory.Dispose();
        }
    }
}
