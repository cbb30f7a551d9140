using Microsoft.Extensions.Logging;

namespace GoImg.EmbeddedPostgres;

/// <summary>Clears away what a killed GoImg or a killed server left behind. The caller holds the cluster's lock,
/// so whatever still runs in it has no master.</summary>
internal static partial class LeftoverServer
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    public static async Task ClearAsync(ClusterDirectory directory, TimeSpan stopTimeout, ILogger logger, CancellationToken cancellationToken)
    {
        var left = await ServerProcesses.OfAsync(directory.Cluster, cancellationToken);
        if (left.Count > 0)
        {
            LogFound(logger, left.Count);
            // The postmaster tells its children; told themselves, they would only see a cancelled query.
            var postmaster = PostmasterOf(directory.Cluster);
            if (left.Contains(postmaster))
            {
                ServerProcesses.Signal(postmaster, ServerProcesses.FastShutdown);
                await GoneAsync(directory.Cluster, stopTimeout, cancellationToken);
            }

            foreach (var signal in (int[])[ServerProcesses.Terminate, ServerProcesses.ImmediateShutdown, ServerProcesses.Kill])
            {
                left = await ServerProcesses.OfAsync(directory.Cluster, cancellationToken);
                if (left.Count == 0)
                    break;
                foreach (var id in left)
                    ServerProcesses.Signal(id, signal);
                await GoneAsync(directory.Cluster, Patience, cancellationToken);
            }
        }

        // With no one left in the cluster its pid file is stale, whatever process has that number today:
        // PostgreSQL would refuse to start when the number belongs to another program of the same account.
        File.Delete(Path.Combine(directory.Cluster, "postmaster.pid"));
        File.Delete(Path.Combine(directory.Run, $".s.PGSQL.{PostgresEndpoint.SocketPort}.lock"));
        File.Delete(Path.Combine(directory.Run, $".s.PGSQL.{PostgresEndpoint.SocketPort}"));
    }

    private static int PostmasterOf(string cluster)
    {
        try
        {
            return int.TryParse(File.ReadLines(Path.Combine(cluster, "postmaster.pid")).FirstOrDefault(), out var id) ? id : -1;
        }
        catch (FileNotFoundException)
        {
            return -1;
        }
    }

    private static async Task GoneAsync(string cluster, TimeSpan patience, CancellationToken cancellationToken)
    {
        var clock = TimeProvider.System;
        var start = clock.GetTimestamp();
        while (clock.GetElapsedTime(start) < patience && (await ServerProcesses.OfAsync(cluster, cancellationToken)).Count > 0)
            await Task.Delay(TimeSpan.FromMilliseconds(20), cancellationToken);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Count} database processes are left from a GoImg or a server that was killed; ending them")]
    private static partial void LogFound(ILogger logger, int count);
}
