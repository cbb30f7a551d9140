using GoImg.DurableFiles;
using Npgsql;

namespace GoImg.EmbeddedPostgres;

/// <summary>Makes the cluster, and in it the role and the database GoImg works with.</summary>
internal static class ClusterSetup
{
    // Owns its database and may not touch the server's files or run programs: what an injected statement could do stays small.
    public const string Role = "goimg";
    public const string Database = "goimg";
    public const string AdminRole = "goimg_admin";

    /// <summary>initdb beside the final name, then a rename: a cluster is whole or not there.</summary>
    public static async Task CreateClusterAsync(
        PostgresPrograms programs,
        ClusterDirectory directory,
        string adminPassword,
        bool durable,
        CancellationToken cancellationToken
    )
    {
        var unfinished = directory.Cluster + ".new";
        var passwordFile = Path.Combine(directory.Root, "initdb.password");
        try
        {
            if (Directory.Exists(unfinished))
                Directory.Delete(unfinished, recursive: true);
            Directory.CreateDirectory(unfinished, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            await directory.GiveAsync(unfinished, cancellationToken);
            SecretFile.Write(passwordFile, adminPassword);
            await directory.GiveAsync(passwordFile, cancellationToken);
            string[] locale = OperatingSystem.IsMacOS() ? ["--locale=en_US.UTF-8", "--lc-collate=C"] : ["--locale=C.UTF-8"];
            string[] arguments =
            [
                "-D",
                unfinished,
                "-U",
                AdminRole,
                "--pwfile",
                passwordFile,
                "--auth=scram-sha-256",
                "--encoding=UTF8",
                .. locale,
                "--data-checksums",
                .. durable ? Array.Empty<string>() : ["--no-sync"],
            ];
            var made = await Command.RunAsync(programs.InitDb, arguments, directory.Account, cancellationToken);
            if (!made.Succeeded)
                throw new EmbeddedPostgresException($"initdb could not make the database in {directory.Root}: {made.Errors}");

            Directory.Move(unfinished, directory.Cluster);
            DirectoryHandle.Flush(directory.Root);
        }
        finally
        {
            File.Delete(passwordFile);
        }
    }

    /// <summary>Makes role and database when they are not there, and gives the role the password of the file when that was lost.</summary>
    public static async Task EnsureDatabaseAsync(
        string adminConnectionString,
        PostgresEndpoint endpoint,
        OpenCluster cluster,
        CancellationToken cancellationToken
    )
    {
        if (await AcceptsAsync(endpoint.ConnectionString(Role, cluster.Password, Database), cancellationToken))
            return;
        try
        {
            await using var connection = new NpgsqlConnection(adminConnectionString);
            await connection.OpenAsync(cancellationToken);
            // identifiers are constants, and the password is base64url: nothing here needs quoting
            if (!await ExistsAsync(connection, $"SELECT 1 FROM pg_roles WHERE rolname = '{Role}'", cancellationToken))
                await ExecuteAsync(connection, $"CREATE ROLE {Role} LOGIN", cancellationToken);
            await ExecuteAsync(connection, $"ALTER ROLE {Role} PASSWORD '{cluster.Password}'", cancellationToken);
            if (!await ExistsAsync(connection, $"SELECT 1 FROM pg_database WHERE datname = '{Database}'", cancellationToken))
                await ExecuteAsync(connection, $"CREATE DATABASE {Database} OWNER {Role}", cancellationToken);
        }
        catch (PostgresException e) when (e.SqlState is PostgresErrorCodes.InvalidPassword)
        {
            throw new EmbeddedPostgresException(
                $"The password in {cluster.AdminPasswordFile} is not that of the database. Restore this file from a backup.",
                e
            );
        }
    }

    private static async Task<bool> AcceptsAsync(string connectionString, CancellationToken cancellationToken)
    {
        try
        {
            await using var connection = new NpgsqlConnection(connectionString);
            await connection.OpenAsync(cancellationToken);
            return true;
        }
        catch (PostgresException e) when (e.SqlState is PostgresErrorCodes.InvalidPassword or PostgresErrorCodes.InvalidCatalogName)
        {
            return false;
        }
    }

    private static async Task<bool> ExistsAsync(NpgsqlConnection connection, string query, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(query, connection);
        return await command.ExecuteScalarAsync(cancellationToken) is not null;
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string statement, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(statement, connection);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
