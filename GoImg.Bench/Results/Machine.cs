using System.Globalization;
using System.Runtime.InteropServices;
using GoImg.Bench.Memory;
using GoImg.Bench.Processes;

namespace GoImg.Bench.Results;

/// <summary>What it ran on and with.</summary>
internal static class Machine
{
    public static async Task<IReadOnlyList<string>> DescribeAsync() =>
        [
            $"{Field("/proc/cpuinfo", "model name")}, {Environment.ProcessorCount} cores, {Memory()} GiB of memory, {RuntimeInformation.OSDescription}",
            $"libvips: {await OursAsync()} for GoImg and the C programs, {await OfSharpAsync()} in sharp, {await VersionAsync("vipsthumbnail", "--vips-version")} of the system (its `vipsthumbnail`)",
            $"{RuntimeInformation.FrameworkDescription}, node {await VersionAsync("node", "--version")}, "
                + $"{await VersionAsync("/usr/bin/convert", "--version")}, clamd {await VersionAsync("clamd", "--version")}, {await PostgresAsync()}",
        ];

    /// <summary>Others at work on this machine make every number worse and some comparisons unfair.</summary>
    public static double Load() => double.Parse(File.ReadAllText("/proc/loadavg").Split(' ')[0], CultureInfo.InvariantCulture);

    private static async Task<string> OursAsync()
    {
        await using var renderer = await RunningRenderer.StartAsync(workers: 1);
        return (await renderer.DescribeAsync()).LibraryVersion;
    }

    private static async Task<string> OfSharpAsync() =>
        await Shell.FirstLineAsync(
            "node",
            "--input-type=module",
            "--eval",
            $"import sharp from '{Path.Combine(Workspace.Cache, "node", "node_modules", "sharp", "dist", "index.mjs")}'; console.log(sharp.versions.vips)"
        ) ?? "absent";

    private static string Memory() =>
        Field("/proc/meminfo", "MemTotal").Split(' ') is [var kilobytes, ..]
            ? (long.Parse(kilobytes, CultureInfo.InvariantCulture) >> 20).ToString(CultureInfo.InvariantCulture)
            : "?";

    private static string Field(string file, string name) =>
        File.ReadLines(file).FirstOrDefault(line => line.StartsWith(name, StringComparison.Ordinal))?.Split(':', 2)[1].Trim() ?? "unknown";

    private static async Task<string> VersionAsync(string program, string option) => await Shell.FirstLineAsync(program, option) ?? "absent";

    private static async Task<string> PostgresAsync() =>
        Directory.Exists("/usr/lib/postgresql")
        && Directory.EnumerateFiles("/usr/lib/postgresql", "postgres", SearchOption.AllDirectories).Order().LastOrDefault() is { } newest
            ? await VersionAsync(newest, "--version")
            : await VersionAsync("postgres", "--version");
}
