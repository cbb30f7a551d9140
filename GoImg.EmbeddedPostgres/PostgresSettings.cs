namespace GoImg.EmbeddedPostgres;

/// <summary>The server's settings. What is tuned is in a file that <c>ALTER SYSTEM</c> overrides; what durability and
/// privacy rest on is on the command line, where nothing overrides it.</summary>
internal static class PostgresSettings
{
    public static string WriteFile(ClusterDirectory directory, EmbeddedPostgresOptions options)
    {
        var path = Path.Combine(directory.Root, "settings.conf");
        File.WriteAllText(
            path,
            $"""
            # Written by GoImg at every start. To change a setting: ALTER SYSTEM SET name = value, then start GoImg again.
            include '{Quote(Path.Combine(directory.Cluster, "postgresql.conf"))}'
            max_connections = {options.MaxConnections}
            shared_buffers = '128MB'
            effective_cache_size = '512MB'
            work_mem = '8MB'
            maintenance_work_mem = '64MB'
            min_wal_size = '80MB'
            max_wal_size = '512MB'
            random_page_cost = 1.1
            jit = off
            timezone = 'UTC'
            log_timezone = 'UTC'
            lc_messages = 'C'
            logging_collector = on
            log_directory = '{Quote(directory.Log)}'
            log_filename = 'postgres-%Y%m%d-%H%M%S.log'
            log_rotation_size = '10MB'
            log_rotation_age = 0
            log_file_mode = 0600
            log_min_duration_statement = '2s'
            log_lock_waits = on
            """ + "\n"
        );
        // the server's account reads it; it holds no secret, and the directory is closed to lists
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead);
        return path;
    }

    public static IEnumerable<string> Arguments(ClusterDirectory directory, PostgresEndpoint endpoint, string settingsFile, bool durable)
    {
        var onOff = durable ? "on" : "off";
        string[] settings =
        [
            $"config_file={settingsFile}",
            $"fsync={onOff}",
            $"synchronous_commit={onOff}",
            $"full_page_writes={onOff}",
            $"wal_compression={onOff}",
            // what is thrown away soon needs no care
            $"autovacuum={onOff}",
            $"listen_addresses={(endpoint.IsSocket ? "" : endpoint.Host)}",
            $"port={endpoint.Port}",
            $"unix_socket_directories={(endpoint.IsSocket ? endpoint.Host : "")}",
            "unix_socket_permissions=0700",
        ];
        return ["-D", directory.Cluster, .. settings.SelectMany(setting => (string[])["-c", setting])];
    }

    private static string Quote(string path) => path.Replace("'", "''", StringComparison.Ordinal);
}
