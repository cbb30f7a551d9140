using System.Globalization;

namespace GoImg.Web.Hosting;

/// <summary>How many files, pipes and connections this process may have open. The runtime needs one for each thread it starts and ends the process
/// where it gets none ("Out of memory", seen in .NET 10), so no one from outside may use up all of them.</summary>
internal static class OpenFiles
{
    // Connections to the database, files being read, pipes of render processes, threads that start.
    private const int OfOurOwn = 512;

    /// <summary>The process's limit (the runtime raises it to the hard one as it starts); the largest number where it is not known.</summary>
    public static long Limit { get; } = ReadLimit();

    /// <summary>Connections of one kind, answered or live: a third of what we do not need ourselves, so that a third is left for the files they ask for.</summary>
    public static long MostConnections => Math.Max(16, (Limit - OfOurOwn) / 3);

    private static long ReadLimit()
    {
        const string name = "Max open files";
        if (!OperatingSystem.IsLinux())
            return long.MaxValue;
        var line = File.ReadLines("/proc/self/limits").First(line => line.StartsWith(name, StringComparison.Ordinal));
        var soft = line[name.Length..].Split(' ', StringSplitOptions.RemoveEmptyEntries)[0];
        return long.TryParse(soft, CultureInfo.InvariantCulture, out var limit) ? limit : long.MaxValue;
    }
}
