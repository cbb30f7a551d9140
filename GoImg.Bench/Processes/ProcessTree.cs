using System.Globalization;

namespace GoImg.Bench.Processes;

/// <summary>A process and everything below it, as /proc shows them.</summary>
internal sealed class ProcessTree(int root)
{
    // proc(5): times in /proc are counted in these, on every Linux of today
    private const double TicksPerSecond = 100;

    /// <summary>Processor time of all of them so far; of ended ones what their parents waited for.</summary>
    public double CpuSeconds() => Members().Sum(process => process.CpuTicks) / TicksPerSecond;

    public IReadOnlySet<int> Ids(string name) => Members().Where(process => process.Name == name).Select(process => process.Id).ToHashSet();

    /// <summary>Peaks count from here on.</summary>
    public void ResetPeaks()
    {
        foreach (var process in Members())
        {
            try
            {
                // proc(5): 5 resets the peak to what is used now
                File.WriteAllText($"/proc/{process.Id}/clear_refs", "5");
            }
            catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
            {
                // ended meanwhile
            }
        }
    }

    /// <summary>Each living process of that name (all without one): memory now and at its peak, in MiB.</summary>
    public IReadOnlyList<ProcessMemory> Memory(string? name = null) =>
        [.. Members().Where(p => name is null || p.Name == name).Select(p => ReadMemory(p.Id, p.Name)).OfType<ProcessMemory>()];

    private IEnumerable<Entry> Members()
    {
        var all = Directory.EnumerateDirectories("/proc").Select(Read).OfType<Entry>().ToList();
        var children = all.ToLookup(process => process.ParentId);
        var pending = new Stack<Entry>(all.Where(process => process.Id == root));
        while (pending.TryPop(out var process))
        {
            yield return process;
            foreach (var child in children[process.Id])
                pending.Push(child);
        }
    }

    private static Entry? Read(string directory)
    {
        if (!int.TryParse(Path.GetFileName(directory), CultureInfo.InvariantCulture, out var id))
            return null;

        try
        {
            var stat = File.ReadAllText(directory + "/stat");
            // the name stands in brackets and may hold any character
            var (open, close) = (stat.IndexOf('(', StringComparison.Ordinal), stat.LastIndexOf(')'));
            var fields = stat[(close + 2)..].Split(' ');
            var ticks = fields[11..15].Sum(field => long.Parse(field, CultureInfo.InvariantCulture));
            return new Entry(id, int.Parse(fields[1], CultureInfo.InvariantCulture), stat[(open + 1)..close], ticks);
        }
        catch (IOException)
        {
            return null;
        }
    }

    private static ProcessMemory? ReadMemory(int id, string name)
    {
        try
        {
            var lines = File.ReadAllLines($"/proc/{id}/status");
            var (now, peak) = (MiB(lines, "VmRSS:"), MiB(lines, "VmHWM:"));
            return peak > 0 ? new ProcessMemory(id, name, now, peak) : null;
        }
        catch (IOException)
        {
            return null;
        }
    }

    private static double MiB(string[] lines, string field) =>
        lines.FirstOrDefault(line => line.StartsWith(field, StringComparison.Ordinal)) is { } line
            ? double.Parse(line[field.Length..].Replace("kB", "", StringComparison.Ordinal), CultureInfo.InvariantCulture) / 1024
            : 0;

    private sealed record Entry(int Id, int ParentId, string Name, long CpuTicks);
}

internal sealed record ProcessMemory(int Id, string Name, double MiB, double PeakMiB);
