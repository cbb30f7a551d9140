using System.Globalization;
using Npgsql;

namespace GoImg.EmbeddedPostgres;

/// <summary>The private database of a GoImg that runs on the same data, for a command beside it: joined, never started or stopped.</summary>
public static class RunningServer
{
    /// <summary>For Npgsql; null when none runs or it does not answer.</summary>
    public static async Task<string?> FindAsync(string dataPath, CancellationToken cancellationToken)
    {
        try
        {
            var root = ClusterLocation.Current(ClusterLocation.Home(dataPath));
            if (EndpointOf(ClusterDirectory.ClusterIn(root)) is not { } endpoint)
                return null;

            var password = (await File.ReadAllTextAsync(Path.Combine(root, "password"), cancellationToken)).Trim();
            await using var probe = new NpgsqlConnection(endpoint.ConnectionString(ClusterSetup.Role, password, ClusterSetup.Database));
            await probe.OpenAsync(cancellationToken);
            return endpoint.ConnectionString(ClusterSetup.Role, password, ClusterSetup.Database, maxPoolSize: 10);
        }
        catch (Exception away) when (away is IOException or UnauthorizedAccessException or NpgsqlException)
        {
            return null;
        }
    }

    // postmaster.pid, as src/include/utils/pidfile.h of PostgreSQL has it: from line 4 port, directory of the socket, address.
    private static PostgresEndpoint? EndpointOf(string cluster)
    {
        var lines = File.ReadAllLines(Path.Combine(cluster, "postmaster.pid"));
        if (lines.Length < 6 || !int.TryParse(lines[3], NumberStyles.None, CultureInfo.InvariantCulture, out var port))
            return null;
        return lines[4].Length > 0 ? new PostgresEndpoint(lines[4], port) : new PostgresEndpoint(lines[5], port);
    }
}
