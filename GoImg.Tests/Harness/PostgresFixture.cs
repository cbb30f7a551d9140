using System.Collections.Concurrent;
using System.Globalization;
using GoImg.Infrastructure.Database.Embedded;
using GoImg.Tests.Harness;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

[assembly: AssemblyFixture(typeof(PostgresFixture))]

namespace GoImg.Tests.Harness;

/// <summary>One throw-away cluster for the whole run, started by the first test that asks. Each test takes a database of its own.</summary>
public sealed class PostgresFixture : IAsyncLifetime
{
    private readonly TempDirectory _directory = new();
    private readonly SemaphoreSlim _gate = new(1);
    private readonly ConcurrentDictionary<string, Lazy<Task>> _templates = new(StringComparer.Ordinal);
    private EmbeddedPostgres? _postgres;
    private int _databases;

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        NpgsqlConnection.ClearAllPools();
        if (_postgres is not null) await _postgres.DisposeAsync();
        _directory.Dispose();
        _gate.Dispose();
    }

    /// <summary>The connection string of a new database, a copy of <paramref name="template"/> if one is named.</summary>
    public async Task<string> NewDatabaseAsync(string? template = null)
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"test{Interlocked.Increment(ref _databases)}");
        await CreateAsync(name, template ?? "template1");
        return await ConnectionStringAsync(name, pooling: true);
    }

    /// <summary>Makes a database once per run, fills it, and has it copied from then on:
    /// <c>NewDatabaseAsync(await fixture.TemplateAsync("migrated", Migrate))</c>. <paramref name="fill"/> gets a connection string without pooling,
    /// because a template with open connections cannot be copied.</summary>
    public async Task<string> TemplateAsync(string name, Func<string, Task> fill)
    {
        await _templates.GetOrAdd(name, _ => new Lazy<Task>(async () =>
        {
            await CreateAsync(name, "template1");
            await fill(await ConnectionStringAsync(name, pooling: false));
        })).Value;
        return name;
    }

    /// <summary>As superuser, connected to the database <c>postgres</c>; not pooled.</summary>
    public async Task<string> AdminConnectionStringAsync() => (await StartedAsync()).AdminConnectionString;

    private async Task CreateAsync(string name, string template)
    {
        await using var connection = new NpgsqlConnection(await AdminConnectionStringAsync());
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand($"CREATE DATABASE {name} OWNER goimg TEMPLATE {template}", connection);
        await command.ExecuteNonQueryAsync();
    }

    private async Task<string> ConnectionStringAsync(string database, bool pooling) =>
        new NpgsqlConnectionStringBuilder((await StartedAsync()).ConnectionString)
        {
            Database = database,
            Pooling = pooling,
            MaxPoolSize = 40,
            ConnectionIdleLifetime = 5,
            ConnectionPruningInterval = 2,
        }.ConnectionString;

    private async Task<EmbeddedPostgres> StartedAsync()
    {
        await _gate.WaitAsync();
        try
        {
            return _postgres ??= await EmbeddedPostgres.StartAsync(
                new EmbeddedPostgresOptions { DataPath = _directory.Path, Durable = false, MaxConnections = 400 },
                NullLogger.Instance,
                CancellationToken.None);
        }
        finally
        {
            _gate.Release();
        }
    }
}
