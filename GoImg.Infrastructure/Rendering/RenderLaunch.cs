using System.Diagnostics;
using System.Globalization;

namespace GoImg.Infrastructure.Rendering;

/// <summary>The command line and environment of a render process.</summary>
internal static class RenderLaunch
{
    internal const string Program = "GoImg.Web";

    // This program's own directory. Tests and benchmark, being other programs, name the server's in their runtimeconfig.json.
    private static readonly string ProgramDirectory = Path.GetFullPath(
            AppContext.GetData("GoImg.ProgramDirectory") as string ?? "",
            AppContext.BaseDirectory
        )
        .TrimEnd('/');

    private static readonly string BundledLibrary = Path.Combine(
        ProgramDirectory,
        "vips",
        OperatingSystem.IsMacOS() ? "libvips.42.dylib" : "libvips.so.42"
    );

    // "setsid --fork" is a command that does nothing but fork
    private const string LimitHolds =
        "for file in \"$@\"; do [ -r \"$file\" ] || exit 1; done; prlimit --nproc=1:1 -- /bin/true && ! prlimit --nproc=1:1 -- setsid --fork /bin/true";

    public static ProcessStartInfo For(SandboxProfile sandbox, RenderOptions options, DecoderKind kind)
    {
        if (options.WorkerCommand.Count > 0)
            return Within(SandboxProfile.None, [.. options.WorkerCommand]);

        var library = kind == DecoderKind.Bundled ? BundledLibrary : options.Library;
        string[] worker = [.. Worker(), RenderWorker.Command, MemoryLimit(options).ToString(CultureInfo.InvariantCulture), kind.ToString(), library];
        return Start([.. Surrounded(sandbox, FolderOf(library)), .. worker]);
    }

    /// <summary>Succeeds where these surroundings can be had: the program can be read there, by whatever account, and a limit on processes stops who forks.</summary>
    public static ProcessStartInfo Probe(SandboxProfile sandbox) =>
        sandbox.MaxProcesses > 0 ? Within(sandbox, ["/bin/sh", "-c", LimitHolds, "sh", .. Worker(), BundledLibrary]) : Within(sandbox, "/bin/true");

    /// <summary>Any command in the same surroundings.</summary>
    public static ProcessStartInfo Within(SandboxProfile sandbox, params string[] command) =>
        Start([.. Surrounded(sandbox, FolderOf(BundledLibrary)), .. command]);

    /// <summary>The private memory one process may have. Twice the budget and more: decoders ask for about twice what they use.</summary>
    public static long MemoryLimit(RenderOptions options) => ((long)options.MemoryMiB << 21) + (512L << 20);

    private static string[] Surrounded(SandboxProfile sandbox, string? libraries) =>
        ["setsid", .. Sandbox.Around(sandbox, ProgramDirectory, RuntimeRoot(), libraries)];

    private static ProcessStartInfo Start(string[] command)
    {
        // setsid gives it a session and group of its own: killing the group ends whatever it has started
        var start = new ProcessStartInfo(command[0], command[1..])
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = "/",
        };
        // nothing of ours, least of all secrets
        start.Environment.Clear();
        start.Environment["PATH"] = "/usr/local/bin:/usr/bin:/bin";
        start.Environment["VIPS_BLOCK_UNTRUSTED"] = "1";
        start.Environment["VIPS_WARNING"] = "0";
        start.Environment["VIPS_DISC_THRESHOLD"] = "100g";
        start.Environment["MALLOC_ARENA_MAX"] = "2";
        // large buffers go back to the system at once; the small ones stay for the next picture: to fetch them again takes three percent of the time
        start.Environment["MALLOC_MMAP_THRESHOLD_"] = "1048576";
        start.Environment["MALLOC_TRIM_THRESHOLD_"] = "67108864";
        // replaced after some pictures (RenderOptions.ImagesPerWorker), it lives too short for code compiled ahead to be worth a second compilation
        start.Environment["DOTNET_TieredCompilation"] = "0";
        start.Environment["DOTNET_gcServer"] = "0";
        start.Environment["DOTNET_gcConcurrent"] = "0";
        start.Environment["DOTNET_GCHeapHardLimit"] = "0x18000000";
        start.Environment["DOTNET_EnableDiagnostics"] = "0";
        // its memory would be a file, which the process must not write
        start.Environment["DOTNET_EnableWriteXorExecute"] = "0";
        start.Environment["DOTNET_SYSTEM_GLOBALIZATION_INVARIANT"] = "1";
        if (RuntimeRoot() is { } root)
            start.Environment["DOTNET_ROOT"] = root;
        return start;
    }

    /// <summary>Null for a mere name, which the system looks for in places of its own.</summary>
    private static string? FolderOf(string library) => library.Contains('/', StringComparison.Ordinal) ? Path.GetDirectoryName(library) : null;

    private static string[] Worker()
    {
        var executable = Path.Combine(ProgramDirectory, Program);
        return File.Exists(executable) || RuntimeRoot() is not { } root ? [executable] : [Path.Combine(root, "dotnet"), executable + ".dll"];
    }

    /// <summary>Where the runtime is installed; null when the program carries its own.</summary>
    private static string? RuntimeRoot()
    {
        var core = typeof(object).Assembly.Location;
        var root = core.Length == 0 ? null : Path.GetFullPath(Path.Combine(Path.GetDirectoryName(core)!, "..", "..", ".."));
        return root is not null && File.Exists(Path.Combine(root, "dotnet")) ? root : null;
    }
}
