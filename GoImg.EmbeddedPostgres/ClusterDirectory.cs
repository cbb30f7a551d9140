using System.Globalization;

namespace GoImg.EmbeddedPostgres;

/// <summary>The directory of one private cluster. GoImg owns the directory itself, the lock and the passwords;
/// <c>cluster</c>, <c>run</c> and <c>log</c> belong to the server's account.</summary>
internal sealed class ClusterDirectory(string root, string? account)
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    // The server's account must pass through a directory it does not own, and may not list it.
    private const UnixFileMode PassThrough = OwnerOnly | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;

    public string Root => root;

    /// <summary>Who runs the server; null for GoImg's own account.</summary>
    public string? Account => account;

    public string Cluster => ClusterIn(root);

    public string Run => Path.Combine(root, "run");

    public string Log => Path.Combine(root, "log");

    public bool HasCluster => File.Exists(Path.Combine(Cluster, "PG_VERSION"));

    public static string ClusterIn(string root) => Path.Combine(root, "cluster");

    /// <summary>The major version of the cluster, or null when there is none yet.</summary>
    public static int? MajorOf(string root)
    {
        var file = Path.Combine(ClusterIn(root), "PG_VERSION");
        try
        {
            return File.Exists(file) ? int.Parse(File.ReadAllText(file).Trim().Split('.')[0], CultureInfo.InvariantCulture) : null;
        }
        catch (FormatException e)
        {
            throw new EmbeddedPostgresException(
                $"{file} is damaged: it does not hold a version number. Restore the cluster from a backup; nothing was changed.",
                e
            );
        }
    }

    public static void Make(string path) => Make(path, Environment.IsPrivilegedProcess ? PassThrough : OwnerOnly);

    /// <summary>Makes the directories of the server's account, so that they exist, are its own and no one else's.</summary>
    public async Task PrepareAsync(CancellationToken cancellationToken)
    {
        Make(Run, OwnerOnly);
        Make(Log, OwnerOnly);
        await GiveAsync(Run, cancellationToken);
        await GiveAsync(Log, cancellationToken);
        if (HasCluster)
            await GiveAsync(Cluster, cancellationToken);
    }

    /// <summary>Whether the server's account can get at its directories, which depends on every directory above.</summary>
    public async Task<bool> IsReachableAsync(CancellationToken cancellationToken) =>
        account is null || (await Command.RunAsync("sh", ["-c", "cd \"$1\" && test -w .", "sh", Run], account, cancellationToken)).Succeeded;

    /// <summary>Hands a file or a whole directory to the server's account; nothing to do when it is that already.</summary>
    public async Task GiveAsync(string path, CancellationToken cancellationToken)
    {
        if (account is null || await ServerAccount.OwnerAsync(path, cancellationToken) == account)
            return;
        var given = await Command.RunAsync("chown", ["-R", "-P", $"{account}:", path], user: null, cancellationToken);
        if (!given.Succeeded)
            throw new EmbeddedPostgresException($"{path} cannot be handed to the account {account}: {given.Errors}");
    }

    private static void Make(string path, UnixFileMode mode)
    {
        try
        {
            Directory.CreateDirectory(path, mode);
            // what exists keeps its mode, and what is made is cut by the umask
            if (File.GetUnixFileMode(path) != mode)
                File.SetUnixFileMode(path, mode);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new EmbeddedPostgresException(
                $"GoImg cannot make or own the directory {path} as {Environment.UserName}: {e.Message} "
                    + $"If it was made by another account, hand it over with: sudo chown -R {Environment.UserName} {path}",
                e
            );
        }
    }
}
