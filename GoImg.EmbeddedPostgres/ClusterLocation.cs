using System.Security.Cryptography;
using GoImg.DurableFiles;
using Microsoft.Extensions.Logging;

namespace GoImg.EmbeddedPostgres;

/// <summary>Where a data directory's cluster lies: <c>postgres</c> below it, unless the server's account cannot get there
/// (root's own data under /root); then in a place of the system's, which <c>postgres/location</c> names.</summary>
internal static partial class ClusterLocation
{
    private const string SystemPlace = "/var/lib/goimg";

    public static string Home(string dataPath) => Path.Combine(Path.GetFullPath(dataPath), "postgres");

    /// <summary>The root of the cluster that is there, or of the one to be made.</summary>
    public static string Current(string home)
    {
        var pointer = Pointer(home);
        if (!File.Exists(pointer))
            return home;
        var place = File.ReadAllText(pointer).Trim();
        return Directory.Exists(place)
            ? place
            : throw new EmbeddedPostgresException(
                $"{pointer} says that the database lies in {place}, and that directory is not there. Mount or restore it. "
                    + $"Only to begin with an empty database, delete {pointer}."
            );
    }

    /// <summary>Takes a place the account can reach and remembers it. <paramref name="hold"/> locks it before anyone else can find it.</summary>
    public static async Task<ClusterDirectory> MoveAsync(
        ClusterDirectory unreachable,
        Action<string> hold,
        ILogger logger,
        CancellationToken cancellationToken
    )
    {
        var home = unreachable.Root;
        var barrier = Barrier(home);
        if (unreachable.HasCluster || home.StartsWith(SystemPlace, StringComparison.Ordinal))
        {
            throw new EmbeddedPostgresException(
                $"The account {unreachable.Account}, which runs the database, cannot pass through {barrier} to {home}. Let it pass with: chmod o+x {barrier}"
            );
        }

        // Not a name made from the path: a data directory deleted and made again must not find the old database.
        var place = Path.Combine(SystemPlace, RandomNumberGenerator.GetHexString(12, lowercase: true));
        ClusterDirectory.Make(SystemPlace);
        ClusterDirectory.Make(place);
        hold(place);
        var moved = new ClusterDirectory(place, unreachable.Account);
        await moved.PrepareAsync(cancellationToken);
        if (!await moved.IsReachableAsync(cancellationToken))
        {
            throw new EmbeddedPostgresException(
                $"The account {moved.Account}, which runs the database, can reach neither {home} nor {place}. Let it pass with: chmod o+x {barrier}"
            );
        }

        SecretFile.Write(Pointer(home), place);
        LogMoved(logger, moved.Account!, barrier, place);
        return moved;
    }

    private static string Pointer(string home) => Path.Combine(home, "location");

    // The topmost directory that strangers may not pass, to be named in the advice.
    private static string Barrier(string path)
    {
        var barrier = path;
        for (var directory = new DirectoryInfo(path); directory is not null; directory = directory.Parent)
        {
            if (!directory.UnixFileMode.HasFlag(UnixFileMode.OtherExecute))
                barrier = directory.FullName;
        }

        return barrier;
    }

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "The database lies in {Place}: the account {Account}, which runs it, cannot pass through {Barrier}. Back up that directory too."
    )]
    private static partial void LogMoved(ILogger logger, string account, string barrier, string place);
}
