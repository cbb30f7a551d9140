using Microsoft.Extensions.Logging;

namespace GoImg.EmbeddedPostgres;

/// <summary>GoImg's own PostgreSQL server: made at the first start, watched while it runs, stopped at the end.
/// <see cref="ConnectionString"/> holds for as long as this object lives, also when the server had to be started again.</summary>
public sealed partial class EmbeddedServer : IAsyncDisposable
{
    private const int LoopbackTries = 3;
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(30);

    private readonly OpenCluster _cluster;
    private readonly PostgresEndpoint _endpoint;
    private readonly EmbeddedPostgresOptions _options;
    private readonly ILogger _logger;
    private readonly CancellationTokenSource _stopping = new();
    private readonly Task _watch;
    private PostgresProcess _server;

    private EmbeddedServer(OpenCluster cluster, PostgresEndpoint endpoint, PostgresProcess server, EmbeddedPostgresOptions options, ILogger logger)
    {
        (_cluster, _endpoint, _server, _options, _logger) = (cluster, endpoint, server, options, logger);
        _watch = WatchAsync();
    }

    /// <summary>For Npgsql, as the role that owns the database <c>goimg</c>. Its pool leaves connections for a backup or a look by hand.</summary>
    public string ConnectionString =>
        _endpoint.ConnectionString(ClusterSetup.Role, _cluster.Password, ClusterSetup.Database, maxPoolSize: _options.MaxConnections * 4 / 5);

    internal string AdminConnectionString => AdminAt(_endpoint, _cluster);

    internal int ServerProcessId => _server.ProcessId;

    /// <summary>Returns when the database takes connections. Throws <see cref="EmbeddedPostgresException"/> with a message for
    /// the operator when it cannot; nothing is left running then.</summary>
    public static async Task<EmbeddedServer> StartAsync(EmbeddedPostgresOptions options, ILogger logger, CancellationToken cancellationToken)
    {
        var cluster = await OpenCluster.OpenAsync(options, logger, cancellationToken);
        PostgresProcess? server = null;
        try
        {
            (var endpoint, server) = await LaunchAsync(cluster, cancellationToken);
            await ClusterSetup.EnsureDatabaseAsync(AdminAt(endpoint, cluster), endpoint, cluster, cancellationToken);
            return new EmbeddedServer(cluster, endpoint, server, options, logger);
        }
        catch
        {
            if (server is not null)
                await server.StopAsync(options.StopTimeout);
            server?.Dispose();
            cluster.Dispose();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_stopping.IsCancellationRequested)
            return;
        await _stopping.CancelAsync();
        await _watch;
        await _server.StopAsync(_options.StopTimeout);
        _server.Dispose();
        _cluster.Dispose();
        _stopping.Dispose();
    }

    private static async Task<(PostgresEndpoint Endpoint, PostgresProcess Server)> LaunchAsync(
        OpenCluster cluster,
        CancellationToken cancellationToken
    )
    {
        for (var attempt = 1; ; attempt++)
        {
            var endpoint = PostgresEndpoint.Choose(cluster.Directory);
            try
            {
                return (endpoint, await cluster.LaunchAsync(endpoint, cancellationToken));
            }
            catch (EmbeddedPostgresException) when (!endpoint.IsSocket && attempt < LoopbackTries)
            {
                // between our look and the server's bind somebody may have taken the port: look again
            }
        }
    }

    // A server that was killed is started again where it was, so that the connection string stays true.
    private async Task WatchAsync()
    {
        var stopped = Task.Delay(Timeout.InfiniteTimeSpan, _stopping.Token);
        while (true)
        {
            await Task.WhenAny(_server.Exited, stopped);
            if (_stopping.IsCancellationRequested)
                return;
            LogLost(_logger, _server.ProcessId);
            await RecoverAsync();
        }
    }

    private async Task RecoverAsync()
    {
        for (
            var pause = TimeSpan.FromMilliseconds(250);
            !_stopping.IsCancellationRequested;
            pause = pause * 2 < LongestPause ? pause * 2 : LongestPause
        )
        {
            try
            {
                var server = await _cluster.LaunchAsync(_endpoint, _stopping.Token);
                _server.Dispose();
                _server = server;
                return;
            }
            catch (Exception e)
            {
                // whatever it was (a full disk, a taken port), trying again is all that can be done from here
                if (_stopping.IsCancellationRequested)
                    return;
                LogStillLost(_logger, e, pause);
                await Task.WhenAny(Task.Delay(pause, _stopping.Token));
            }
        }
    }

    private static string AdminAt(PostgresEndpoint endpoint, OpenCluster cluster) =>
        endpoint.ConnectionString(ClusterSetup.AdminRole, cluster.AdminPassword, "postgres");

    [LoggerMessage(Level = LogLevel.Warning, Message = "The database server (process {ProcessId}) has ended; starting it again")]
    private static partial void LogLost(ILogger logger, int processId);

    [LoggerMessage(Level = LogLevel.Error, Message = "The database server does not start; next try in {Pause}")]
    private static partial void LogStillLost(ILogger logger, Exception exception, TimeSpan pause);
}
