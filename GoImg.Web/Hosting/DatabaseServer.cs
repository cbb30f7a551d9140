using GoImg.EmbeddedPostgres;
using GoImg.Infrastructure.Configuration;
using GoImg.Infrastructure.Database;
using Microsoft.Extensions.Logging.Abstractions;

namespace GoImg.Web.Hosting;

/// <summary>The PostgreSQL that this process uses: the one <c>ConnectionStrings:GoImg</c> names, or a private one that starts and stops with GoImg.</summary>
internal sealed class DatabaseServer : IAsyncDisposable
{
    private readonly EmbeddedServer? _embedded;
    private readonly ILoggerFactory? _logs;

    private DatabaseServer(EmbeddedServer? embedded, string connectionString, ILoggerFactory? logs)
    {
        _embedded = embedded;
        _logs = logs;
        ConnectionString = connectionString;
    }

    /// <summary>For migrations and whatever else takes as long as it needs.</summary>
    public string ConnectionString { get; }

    /// <summary>For what serves and works.</summary>
    public string ServingConnectionString(DatabaseOptions options) =>
        IsEmbedded ? ConnectionSettings.OfPrivate(ConnectionString, options) : ConnectionString;

    public bool IsEmbedded => _embedded is not null;

    /// <summary>Ready to take connections when it returns. Throws <see cref="EmbeddedPostgresException"/> or <see cref="BadSettingException"/> with words for the operator.</summary>
    /// <param name="logs">A private server is watched and tells of itself as long as it runs, which is longer than the application's own logs live.
    /// Disposed with the server; null tells no one.</param>
    /// <param name="mayJoin">A command's: uses the private one of a server that runs on the same data, if there is one.</param>
    public static async Task<DatabaseServer> OpenAsync(
        IConfiguration configuration,
        ILoggerFactory? logs,
        bool mayJoin,
        CancellationToken cancellationToken
    )
    {
        var settings = configuration.Read<DatabaseOptions>();
        if (configuration.GetConnectionString("GoImg") is { Length: > 0 } external)
            return new DatabaseServer(null, ConnectionSettings.OfOperator(external, settings), logs);

        var dataPath = configuration.Read<DataOptions>().Directory;
        if (mayJoin && await RunningServer.FindAsync(dataPath, cancellationToken) is { } running)
            return new DatabaseServer(null, ConnectionSettings.OfAll(running, settings), null);

        var options = new EmbeddedPostgresOptions
        {
            DataPath = dataPath,
            ProgramsPath = NullIfEmpty(settings.ProgramsPath),
            RunAs = NullIfEmpty(settings.RunAs),
        };
        try
        {
            ILogger logger = logs is null ? NullLogger.Instance : logs.CreateLogger<EmbeddedServer>();
            var embedded = await EmbeddedServer.StartAsync(options, logger, cancellationToken);
            return new DatabaseServer(embedded, ConnectionSettings.OfAll(embedded.ConnectionString, settings), logs);
        }
        catch
        {
            logs?.Dispose();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_embedded is not null)
            await _embedded.DisposeAsync();
        _logs?.Dispose();
    }

    private static string? NullIfEmpty(string? value) => string.IsNullOrEmpty(value) ? null : value;
}
