using System.Globalization;
using Npgsql;

namespace GoImg.EmbeddedPostgres;

/// <summary>A whole database in a file, by PostgreSQL's own <c>pg_dump</c> and <c>pg_restore</c>, of any server. Throws <see cref="EmbeddedPostgresException"/>
/// with words for the operator.</summary>
/// <param name="connectionString">For Npgsql.</param>
/// <param name="programsPath">Where the programs are; null to search the usual places.</param>
public sealed class DatabaseDump(string connectionString, string? programsPath)
{
    /// <summary>As it is at one moment, while others go on reading and writing.</summary>
    public Task SaveAsync(string file, CancellationToken cancellationToken) =>
        RunAsync("pg_dump", ["--format=custom", "--no-owner", "--no-privileges", $"--file={file}"], cancellationToken);

    /// <summary>All of it or nothing.</summary>
    public Task RestoreAsync(string file, CancellationToken cancellationToken) =>
        RunAsync(
            "pg_restore",
            // No comments: that on an extension, which somebody else may have made, is its owner's to set.
            ["--single-transaction", "--exit-on-error", "--no-owner", "--no-privileges", "--no-comments", $"--dbname={Connection.Database}", file],
            cancellationToken
        );

    private NpgsqlConnectionStringBuilder Connection { get; } = new(connectionString);

    private async Task RunAsync(string name, string[] arguments, CancellationToken cancellationToken)
    {
        var program = await FindAsync(name, cancellationToken);
        var result = await Command.RunAsync(program, arguments, user: null, cancellationToken, Variables());
        if (!result.Succeeded)
            throw new EmbeddedPostgresException($"{program} failed: {result.Errors}");
    }

    // pg_dump refuses servers newer than itself; pg_restore reads what an older or the same pg_dump wrote.
    private async Task<string> FindAsync(string name, CancellationToken cancellationToken)
    {
        var server = await ServerMajorAsync(cancellationToken);
        var newest = 0;
        foreach (var directory in await PostgresPrograms.PlacesAsync(programsPath, cancellationToken))
        {
            var program = Path.Combine(directory, name);
            if (!File.Exists(program) || await PostgresPrograms.MajorAsync(program, cancellationToken) is not { } major)
                continue;
            if (major >= server)
                return program;
            newest = Math.Max(newest, major);
        }

        throw new EmbeddedPostgresException(
            newest > 0
                ? $"The database is PostgreSQL {server}, and the newest {name} here is of {newest}. Install the client programs of PostgreSQL {server}, or name their directory in Database:ProgramsPath."
                : $"{name} of PostgreSQL {server} or newer is not on this machine. Install PostgreSQL's client programs, or name their directory in Database:ProgramsPath."
        );
    }

    private async Task<int> ServerMajorAsync(CancellationToken cancellationToken)
    {
        await using var server = new NpgsqlConnection(connectionString);
        await server.OpenAsync(cancellationToken);
        return server.PostgreSqlVersion.Major;
    }

    /// <summary>The same connection in libpq's words (its documentation, section "Environment Variables"): arguments would stand in the list of processes.</summary>
    private Dictionary<string, string?> Variables() =>
        new(StringComparer.Ordinal)
        {
            ["PGHOST"] = Connection.Host,
            ["PGPORT"] = Connection.Port.ToString(CultureInfo.InvariantCulture),
            ["PGUSER"] = Connection.Username,
            ["PGPASSWORD"] = Connection.Password,
            ["PGDATABASE"] = Connection.Database,
            ["PGPASSFILE"] = Connection.Passfile,
            ["PGSSLMODE"] = Connection.SslMode switch
            {
                SslMode.VerifyCA => "verify-ca",
                SslMode.VerifyFull => "verify-full",
                var mode => mode.ToString().ToLowerInvariant(),
            },
            ["PGSSLROOTCERT"] = Connection.RootCertificate,
            ["PGSSLCERT"] = Connection.SslCertificate,
            ["PGSSLKEY"] = Connection.SslKey,
        };
}
