using System.Diagnostics;
using System.IO.Compression;
using GoImg.EmbeddedPostgres;
using GoImg.Tests.Harness;
using Npgsql;

namespace GoImg.Tests.Releases;

/// <summary>What a released version left behind: its schema, a small database and object store made by it, and its API document, in a folder named
/// after the version. Never changed once released; <c>build/keep-release</c> makes the next.</summary>
public sealed class Release(string directory)
{
    /// <summary>Every version kept, oldest first.</summary>
    public static IReadOnlyList<Release> All { get; } =
    [
        .. Directory
            .EnumerateDirectories(Path.Combine(RepositoryPaths.Root, "GoImg.Tests", "Releases"))
            .Select(d => new Release(d))
            .OrderBy(r => System.Version.Parse(r.Version)),
    ];

    public string Version => Path.GetFileName(directory);

    /// <summary>The whole database as SQL, without owners.</summary>
    public string DatabaseFile => Path.Combine(directory, "database.sql");

    public string SchemaFile => Path.Combine(directory, "schema.sql");

    /// <summary>The store's directory, zipped.</summary>
    public string ObjectsFile => Path.Combine(directory, "objects.zip");

    public string OpenApiFile => Path.Combine(directory, "openapi.json");

    /// <summary>The connection string of a new database with what the release had in its own.</summary>
    public Task<string> RestoreDatabaseAsync() => RestoreAsync(DatabaseFile);

    /// <summary>The connection string of a new database with the release's schema and no rows.</summary>
    public Task<string> RestoreSchemaAsync() => RestoreAsync(SchemaFile);

    /// <summary>Puts the store below <paramref name="dataPath"/>, where a server looks for it.</summary>
    public void RestoreObjects(string dataPath) => ZipFile.ExtractToDirectory(ObjectsFile, Path.Combine(dataPath, "objects"));

    /// <summary>The SQL that makes a database, or its schema alone.</summary>
    public static async Task<string> DumpAsync(string connectionString, bool schemaOnly)
    {
        var sql = await RunAsync(
            "pg_dump",
            connectionString,
            [.. schemaOnly ? ["--schema-only"] : Array.Empty<string>(), "--no-owner", "--no-privileges"]
        );
        // \restrict guards against dumps by strangers; its key is another each time, and older psql do not know it.
        return string.Join('\n', sql.Split('\n').Where(line => line.Split(' ')[0] is not ("\\restrict" or "\\unrestrict")));
    }

    /// <summary>A schema in a form that is the same however it was made: PostgreSQL writes some expressions otherwise after they were restored once.</summary>
    public static async Task<string> ComparableSchemaAsync(string connectionString)
    {
        using var directory = new TempDirectory();
        var file = Path.Combine(directory.Path, "schema.sql");
        await File.WriteAllTextAsync(file, await DumpAsync(connectionString, schemaOnly: true), TestContext.Current.CancellationToken);
        return await DumpAsync(await RestoreAsync(file), schemaOnly: true);
    }

    private static async Task<string> RestoreAsync(string file)
    {
        var connectionString = await PostgresFixture.NewEmptyDatabaseAsync();
        await RunAsync("psql", connectionString, "--quiet", "--set", "ON_ERROR_STOP=1", "--output", "/dev/null", "--file", file);
        return connectionString;
    }

    private static async Task<string> RunAsync(string program, string connectionString, params string[] arguments)
    {
        var programs = await PostgresPrograms.FindAsync(configured: null, clusterMajor: null, cluster: "", TestContext.Current.CancellationToken);
        var to = new NpgsqlConnectionStringBuilder(connectionString);
        var start = new ProcessStartInfo(Path.Combine(programs.Directory, program), arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        (start.Environment["PGHOST"], start.Environment["PGPORT"]) = (to.Host, to.Port.ToString(System.Globalization.CultureInfo.InvariantCulture));
        (start.Environment["PGUSER"], start.Environment["PGPASSWORD"], start.Environment["PGDATABASE"]) = (to.Username, to.Password, to.Database);
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        var output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.True(process.ExitCode == 0, $"{program}: {await errors}");
        return output;
    }
}
