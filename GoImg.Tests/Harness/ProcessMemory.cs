using System.Globalization;

namespace GoImg.Tests.Harness;

/// <summary>Looks at a server and its render processes ten times a second until it is disposed, and remembers the most memory they had.</summary>
public sealed class ProcessMemory : IAsyncDisposable
{
    private readonly int _server;
    private readonly CancellationTokenSource _enough = new();
    private readonly Task _watching;

    public ProcessMemory(ServerProcess server)
    {
        _server = server.Id;
        _watching = WatchAsync();
    }

    public long ServerPeakBytes { get; private set; }

    /// <summary>Of the one render process that ever had most.</summary>
    public long RenderPeakBytes { get; private set; }

    /// <summary>Of all render processes at one moment.</summary>
    public long RenderTogetherBytes { get; private set; }

    public async ValueTask DisposeAsync()
    {
        await _enough.CancelAsync();
        await _watching;
        _enough.Dispose();
    }

    private async Task WatchAsync()
    {
        using var tick = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        while (!_enough.IsCancellationRequested)
        {
            Look();
            await tick.WaitForNextTickAsync(CancellationToken.None);
        }
    }

    private void Look()
    {
        var processes = Directory
            .GetDirectories("/proc")
            .Select(d => Path.GetFileName(d))
            .Where(name => char.IsAsciiDigit(name[0]))
            .Select(Read)
            .OfType<Reading>()
            .ToDictionary(r => r.Id);
        ServerPeakBytes = Math.Max(ServerPeakBytes, processes.TryGetValue(_server, out var server) ? server.PeakBytes : 0);
        var renderers = processes.Values.Where(process => IsBelowServer(process, processes)).ToList();
        RenderPeakBytes = Math.Max(RenderPeakBytes, renderers.Select(r => r.PeakBytes).DefaultIfEmpty().Max());
        RenderTogetherBytes = Math.Max(RenderTogetherBytes, renderers.Sum(r => r.NowBytes));
    }

    private bool IsBelowServer(Reading process, Dictionary<int, Reading> processes)
    {
        for (var parent = process.Parent; parent > 1; parent = processes.TryGetValue(parent, out var above) ? above.Parent : 0)
        {
            if (parent == _server)
                return true;
        }

        return false;
    }

    /// <summary>Null when it has just ended.</summary>
    private static Reading? Read(string id)
    {
        try
        {
            var status = File.ReadLines($"/proc/{id}/status")
                .Select(line => line.Split((char[])[':', ' ', '\t'], StringSplitOptions.RemoveEmptyEntries))
                .Where(words => words.Length > 1)
                .ToDictionary(words => words[0], words => words[1], StringComparer.Ordinal);
            long Kilobytes(string name) => status.TryGetValue(name, out var value) ? long.Parse(value, CultureInfo.InvariantCulture) : 0;
            return new Reading(
                int.Parse(id, CultureInfo.InvariantCulture),
                (int)Kilobytes("PPid"),
                Kilobytes("VmRSS") << 10,
                Kilobytes("VmHWM") << 10
            );
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private sealed record Reading(int Id, int Parent, long NowBytes, long PeakBytes);
}
