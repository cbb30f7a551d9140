using GoImg.DurableFiles;
using Microsoft.Extensions.Logging;

namespace GoImg.EmbeddedPostgres;

/// <summary>A cluster that this process alone holds, with programs and an account that fit it and nothing left running in it.
/// Disposing lets others have it.</summary>
internal sealed partial class OpenCluster : IDisposable
{
    private readonly EmbeddedPostgresOptions _options;
    private readonly PostgresPrograms _programs;
    private readonly Stack<ClusterLock> _locks;
    private readonly ILogger _logger;

    private OpenCluster(
        EmbeddedPostgresOptions options,
        PostgresPrograms programs,
        ClusterDirectory directory,
        Stack<ClusterLock> locks,
        ILogger logger
    )
    {
        _options = options;
        _programs = programs;
        _locks = locks;
        _logger = logger;
        Directory = directory;
        AdminPassword = SecretFile.Password(AdminPasswordFile);
        Password = SecretFile.Password(Path.Combine(directory.Root, "password"));
    }

    public ClusterDirectory Directory { get; }

    public string Password { get; }

    public string AdminPassword { get; }

    public string AdminPasswordFile => Path.Combine(Directory.Root, "admin.password");

    public static async Task<OpenCluster> OpenAsync(EmbeddedPostgresOptions options, ILogger logger, CancellationToken cancellationToken)
    {
        var locks = new Stack<ClusterLock>();
        try
        {
            var home = ClusterLocation.Home(options.DataPath);
            ClusterDirectory.Make(home);
            locks.Push(ClusterLock.Take(home));
            var root = ClusterLocation.Current(home);
            // a copied data directory points at the same place: its own lock is not enough
            if (root != home)
                locks.Push(ClusterLock.Take(root));

            var cluster = ClusterDirectory.ClusterIn(root);
            var programs = await PostgresPrograms.FindAsync(options.ProgramsPath, ClusterDirectory.MajorOf(root), cluster, cancellationToken);
            var directory = new ClusterDirectory(root, await ServerAccount.ChooseAsync(options.RunAs, cluster, cancellationToken));
            await directory.PrepareAsync(cancellationToken);
            if (!await directory.IsReachableAsync(cancellationToken))
                directory = await ClusterLocation.MoveAsync(directory, place => locks.Push(ClusterLock.Take(place)), logger, cancellationToken);

            var open = new OpenCluster(options, programs, directory, locks, logger);
            await open.FillAsync(cancellationToken);
            return open;
        }
        catch
        {
            Release(locks);
            throw;
        }
    }

    /// <summary>A server that takes connections at the endpoint.</summary>
    public async Task<PostgresProcess> LaunchAsync(PostgresEndpoint endpoint, CancellationToken cancellationToken)
    {
        await LeftoverServer.ClearAsync(Directory, _options.StopTimeout, _logger, cancellationToken);
        ServerLogs.Trim(Directory.Log);
        var settings = PostgresSettings.WriteFile(Directory, _options);
        var server = PostgresProcess.Launch(_programs, Directory, PostgresSettings.Arguments(Directory, endpoint, settings, _options.Durable));
        try
        {
            await server.WaitUntilReadyAsync(endpoint.ConnectionString(ClusterSetup.Role, Password, ClusterSetup.Database), cancellationToken);
            LogRunning(_logger, _programs.Major, Directory.Cluster, server.ProcessId);
            return server;
        }
        catch
        {
            await server.StopAsync(_options.StopTimeout);
            server.Dispose();
            throw;
        }
    }

    public void Dispose() => Release(_locks);

    private static void Release(Stack<ClusterLock> locks)
    {
        while (locks.TryPop(out var held))
            held.Dispose();
    }

    private async Task FillAsync(CancellationToken cancellationToken)
    {
        if (Directory.HasCluster)
            return;
        LogMaking(_logger, Directory.Root, _programs.Major);
        await ClusterSetup.CreateClusterAsync(_programs, Directory, AdminPassword, _options.Durable, cancellationToken);
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Making a database in {Root} with PostgreSQL {Major}")]
    private static partial void LogMaking(ILogger logger, string root, int major);

    [LoggerMessage(Level = LogLevel.Information, Message = "PostgreSQL {Major} runs on {Cluster} as process {ProcessId}")]
    private static partial void LogRunning(ILogger logger, int major, string cluster, int processId);
}
