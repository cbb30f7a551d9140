using System.Globalization;
using System.Runtime.InteropServices;

namespace GoImg.EmbeddedPostgres;

/// <summary>Finds and signals the PostgreSQL processes of one cluster, and no other process: a number in a pid file proves nothing.</summary>
internal static partial class ServerProcesses
{
    // <signal.h>, the same on Linux and macOS
    public const int FastShutdown = 2; // SIGINT
    public const int ImmediateShutdown = 3; // SIGQUIT
    public const int Kill = 9;
    public const int Terminate = 15;

    /// <summary>Processes that run a program named postgres and whose working directory is the cluster, as every PostgreSQL process's is.</summary>
    public static async Task<IReadOnlyList<int>> OfAsync(string cluster, CancellationToken cancellationToken) =>
        Directory.Exists("/proc/self") ? OfProc(RealPath(cluster)) : await OfPsAsync(cluster, cancellationToken);

    public static void Signal(int processId, int signal) => _ = SendSignal(processId, signal);

    private static List<int> OfProc(string cluster)
    {
        var found = new List<int>();
        foreach (var directory in Directory.EnumerateDirectories("/proc"))
        {
            if (
                int.TryParse(Path.GetFileName(directory), CultureInfo.InvariantCulture, out var id)
                && LinkTarget($"{directory}/cwd") == cluster
                // after a package upgrade the kernel says "postgres (deleted)"
                && Path.GetFileName(LinkTarget($"{directory}/exe"))?.StartsWith("postgres", StringComparison.Ordinal) == true
            )
                found.Add(id);
        }

        return found;
    }

    // Without /proc only the postmaster shows which cluster it serves; its children end soon after it.
    private static async Task<IReadOnlyList<int>> OfPsAsync(string cluster, CancellationToken cancellationToken)
    {
        var answer = await Command.RunAsync("ps", ["-axo", "pid=,command="], user: null, cancellationToken);
        return
        [
            .. answer
                .Output.Split('\n', StringSplitOptions.TrimEntries)
                .Where(line => line.Contains("/postgres -D " + cluster + " ", StringComparison.Ordinal))
                .Select(line => int.Parse(line.AsSpan(0, line.IndexOf(' ', StringComparison.Ordinal)), CultureInfo.InvariantCulture)),
        ];
    }

    private static string? LinkTarget(string path)
    {
        try
        {
            return File.ResolveLinkTarget(path, returnFinalTarget: false)?.FullName;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // it ended meanwhile, or is another account's and so not ours
            return null;
        }
    }

    private static string RealPath(string path)
    {
        var buffer = new byte[4096];
        return RealPath(path, buffer) == 0 ? path : System.Text.Encoding.UTF8.GetString(buffer, 0, Array.IndexOf(buffer, (byte)0));
    }

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int SendSignal(int processId, int signal);

    [LibraryImport("libc", EntryPoint = "realpath", StringMarshalling = StringMarshalling.Utf8)]
    private static partial nint RealPath(string path, [Out] byte[] resolved);
}
