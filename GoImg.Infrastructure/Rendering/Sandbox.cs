using System.Globalization;
using GoImg.Core.Rendering;

namespace GoImg.Infrastructure.Rendering;

/// <summary>What stands around a render process on its command line: another account, no network, no files but the program's, a limit of processes.</summary>
internal static class Sandbox
{
    private const string Nobody = "65534";

    /// <param name="program">The directory of this program.</param>
    /// <param name="runtime">Where the runtime is installed; null when the program carries its own.</param>
    /// <param name="libraries">A folder of libraries that is not the system's; null for none.</param>
    public static string[] Around(SandboxProfile sandbox, string program, string? runtime, string? libraries) =>
        [.. Account(sandbox), .. Wrapper(sandbox.Isolation, program, runtime, libraries), .. Limit(sandbox)];

    private static string[] Account(SandboxProfile sandbox) =>
        sandbox.IsNobody ? ["setpriv", "--reuid", Nobody, "--regid", Nobody, "--clear-groups", "--"] : [];

    /// <summary>Within the namespace, as the count is the namespace's own.</summary>
    private static string[] Limit(SandboxProfile sandbox) =>
        sandbox.MaxProcesses > 0
            ? ["prlimit", string.Create(CultureInfo.InvariantCulture, $"--nproc={sandbox.MaxProcesses}:{sandbox.MaxProcesses}"), "--"]
            : [];

    private static string[] Wrapper(RenderIsolation isolation, string program, string? runtime, string? libraries) =>
        isolation switch
        {
            RenderIsolation.Sandbox => Bubblewrap(program, runtime, libraries),
            RenderIsolation.Namespaces => ["unshare", "--user", "--net", "--ipc", "--pid", "--fork", "--kill-child=SIGKILL", "--"],
            _ => [],
        };

    private static string[] Bubblewrap(string program, string? runtime, string? libraries)
    {
        List<string> args =
        [
            "bwrap",
            "--unshare-all",
            "--uid",
            Nobody,
            "--gid",
            Nobody,
            "--die-with-parent",
            "--hostname",
            "render",
            "--proc",
            "/proc",
            "--dev",
            "/dev",
            "--tmpfs",
            "/tmp",
            "--chdir",
            "/",
        ];
        string[] system = ["/usr", "/bin", "/lib", "/lib64", "/etc/ld.so.cache", "/etc/ld.so.conf", "/etc/ld.so.conf.d", "/etc/alternatives"];
        foreach (var path in system)
            Bind(path);
        if (runtime is { } root && !root.StartsWith("/usr/", StringComparison.Ordinal))
            Bind(root);
        if (libraries is not null)
            Bind(libraries);

        // the program alone: its directory also holds settings, and may hold data
        foreach (var file in Directory.EnumerateFiles(program).Where(file => IsProgram(program, file)))
            Bind(file);
        // what the bindings lie in is memory; nothing but /tmp may be written
        return [.. args, "--remount-ro", "/", "--"];

        void Bind(string path) => args.AddRange(["--ro-bind-try", path, path]);
    }

    private static bool IsProgram(string directory, string path)
    {
        var name = Path.GetFileName(path);
        if (File.Exists(Path.Combine(directory, "libcoreclr.so")))
            return name == RenderLaunch.Program
                || Path.GetExtension(name) is ".dll" or ".so"
                || name.EndsWith(".runtimeconfig.json", StringComparison.Ordinal);

        return name
            is RenderLaunch.Program
                or RenderLaunch.Program + ".dll"
                or RenderLaunch.Program + ".runtimeconfig.json"
                or "GoImg.Infrastructure.dll"
                or "GoImg.Core.dll"
                or "GoImg.DurableFiles.dll"
                or "NetVips.dll";
    }
}
