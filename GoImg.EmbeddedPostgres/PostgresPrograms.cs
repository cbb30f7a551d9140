using System.Globalization;
using System.Text.RegularExpressions;

namespace GoImg.EmbeddedPostgres;

/// <summary>A directory whose <c>initdb</c> and <c>postgres</c> run and are of one version.</summary>
internal sealed partial record PostgresPrograms(string Directory, int Major)
{
    // Rows below 13 lack what the migrations use (trusted extensions, gen_random_uuid).
    public const int OldestMajor = 13;

    public string InitDb => Path.Combine(Directory, "initdb");

    public string Server => Path.Combine(Directory, "postgres");

    /// <summary>The programs to use for a cluster of <paramref name="clusterMajor"/>, or for a new one when that is null.</summary>
    public static async Task<PostgresPrograms> FindAsync(string? configured, int? clusterMajor, string cluster, CancellationToken cancellationToken)
    {
        PostgresPrograms? nearest = null;
        foreach (var directory in (await PlacesAsync(configured, cancellationToken)).Select(RealDirectory).Distinct())
        {
            if (await ProbeAsync(directory, cancellationToken) is not { } found)
                continue;
            if (clusterMajor is null ? found.Major >= OldestMajor : found.Major == clusterMajor)
                return found;
            nearest ??= found;
        }

        throw new EmbeddedPostgresException(
            (nearest, clusterMajor, configured) switch
            {
                ({ } other, { } major, _) =>
                    $"The database in {cluster} was made by PostgreSQL {major}; the programs found in {other.Directory} are PostgreSQL {other.Major}. "
                        + $"Nothing was changed. Install PostgreSQL {major} beside it and start GoImg again, or move the database with pg_upgrade.",
                ({ } other, null, _) =>
                    $"The programs in {other.Directory} are PostgreSQL {other.Major}; GoImg needs {OldestMajor} or newer. {InstallHint.Text}",
                (null, _, { } directory) =>
                    $"Database:ProgramsPath is {directory}, but no working initdb and postgres of one version are there. Correct it, or remove it to search the usual places.",
                _ =>
                    $"GoImg needs the PostgreSQL server programs (initdb and postgres), or ConnectionStrings:GoImg for a server of your own. {InstallHint.Text}",
            }
        );
    }

    /// <summary>Where to look for programs of PostgreSQL: the directory that was configured, or all that are usual, the newest version first.</summary>
    public static async Task<IEnumerable<string>> PlacesAsync(string? configured, CancellationToken cancellationToken)
    {
        if (configured is not null)
            return [configured];

        var config = await Command.RunAsync("pg_config", ["--bindir"], user: null, cancellationToken);
        return
        [
            .. Command.SearchPath.Split(':', StringSplitOptions.RemoveEmptyEntries),
            .. Newest("/usr/lib/postgresql", "*", "bin"),
            .. Newest("/usr", "pgsql-*", "bin"),
            .. Newest("/usr/libexec", "postgresql*", ""),
            .. Newest("/opt/homebrew/opt", "postgresql@*", "bin"),
            .. Newest("/usr/local/opt", "postgresql@*", "bin"),
            .. config.Succeeded ? [config.Output] : Array.Empty<string>(),
        ];
    }

    private static IEnumerable<string> Newest(string parent, string pattern, string below) =>
        !System.IO.Directory.Exists(parent)
            ? []
            : System
                .IO.Directory.EnumerateDirectories(parent, pattern)
                .OrderByDescending(path =>
                    Number().Match(Path.GetFileName(path)) is { Success: true } match ? int.Parse(match.ValueSpan, CultureInfo.InvariantCulture) : 0
                )
                .Select(path => Path.Combine(path, below));

    // /usr/local/bin/postgres is often a lone link: its neighbours are where it leads.
    private static string RealDirectory(string directory)
    {
        var server = new FileInfo(Path.Combine(directory, "postgres"));
        var target = server.Exists ? server.ResolveLinkTarget(returnFinalTarget: true) : null;
        return Path.GetDirectoryName(target?.FullName) ?? Path.TrimEndingDirectorySeparator(directory);
    }

    private static async Task<PostgresPrograms?> ProbeAsync(string directory, CancellationToken cancellationToken)
    {
        var programs = new PostgresPrograms(directory, 0);
        if (!File.Exists(programs.InitDb) || !File.Exists(programs.Server))
            return null;
        var server = await MajorAsync(programs.Server, cancellationToken);
        return server is { } major && await MajorAsync(programs.InitDb, cancellationToken) == major ? programs with { Major = major } : null;
    }

    /// <summary>Null when it does not run.</summary>
    public static async Task<int?> MajorAsync(string program, CancellationToken cancellationToken)
    {
        var answer = await Command.RunAsync(program, ["--version"], user: null, cancellationToken);
        return answer.Succeeded && Version().Match(answer.Output) is { Success: true } match
            ? int.Parse(match.Groups["major"].ValueSpan, CultureInfo.InvariantCulture)
            : null;
    }

    // "postgres (PostgreSQL) 15.18 (Debian 15.18-0+deb12u1)"
    [GeneratedRegex(@"\(PostgreSQL\) (?<major>\d+)", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Version();

    [GeneratedRegex(@"\d+", RegexOptions.NonBacktracking)]
    private static partial Regex Number();
}
