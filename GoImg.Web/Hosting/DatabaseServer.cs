using GoImg.Infrastructure.Database.Embedded;
using Microsoft.Extensions.Logging.Abstractions;

namespace GoImg.Web.Hosting;

/// <summary>The PostgreSQL that this process uses: the one <c>ConnectionStrings:GoImg</c> names, or a private one that starts and stops with GoImg.</summary>
internal sealed class DatabaseServer : IAsyncDisposable
{
    private readonly EmbeddedPostgres? _embedded;

    private DatabaseServer(EmbeddedPostgres? embedded, string connectionString)
    {
        _embedded = embedded;
        ConnectionString = connectionString;
    }

    public string ConnectionString { get; }

    public bool IsEmbedded => _embedded is not null;

    /// <summary>Ready to take connections when it returns. Throws <see cref="EmbeddedPostgresException"/> with words for the operator.</summary>
    public static async Task<DatabaseServer> OpenAsync(IConfiguration configuration, ILoggerFactory? logs, CancellationToken cancellationToken)
    {
        if (configuration.GetConnectionString("GoImg") is { Length: > 0 } external)
            return new DatabaseServer(null, external);

        var options = new EmbeddedPostgresOptions
        {
            DataPath = configuration["Data:Path"] is { Length: > 0 } path ? path : "data",
            ProgramsPath = NullIfEmpty(configuration["Database:ProgramsPath"]),
            RunAs = NullIfEmpty(configuration["Database:RunAs"]),
        };
        ILogger logger = logs is null ? NullLogger.Instance : logs.CreateLogger<EmbeddedPostgres>();
        var embedded = await EmbeddedPostgres.StartAsync(options, logger, cancellationToken);
        return new DatabaseServer(embedded, embedded.ConnectionString);
    }

    public ValueTask DisposeAsync() => _embedded?.DisposeAsync() ?? ValueTask.CompletedTask;

    private static string? NullIfEmpty(string? value) => string.IsNullOrEmpty(value) ? null : value;
}
