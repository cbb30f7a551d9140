using System.Diagnostics;
using System.Globalization;

namespace GoImg.Bench.Processes;

/// <summary>A program that says <c>ready</c>, waits for a line, does all photos once, says <c>done BYTES</c> and ends with its input.
/// What it costs to start is not counted.</summary>
internal sealed class Contestant : IAsyncDisposable
{
    private static readonly TimeSpan SamplePause = TimeSpan.FromMilliseconds(100);
    private readonly Process _process;
    private readonly Task<string> _complaint;

    private Contestant(Process process) => (_process, _complaint) = (process, process.StandardError.ReadToEndAsync());

    public ProcessTree Tree => new(_process.Id);

    /// <summary>Runs on the first <paramref name="cores"/> processors alone.</summary>
    public static async Task<Contestant> StartAsync(int cores, string[] command)
    {
        string[] pinned = ["--cpu-list", cores == 1 ? "0" : $"0-{cores - 1}", .. command];
        var start = new ProcessStartInfo("taskset", pinned)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["VIPS_CONCURRENCY"] = "1";
        var contestant = new Contestant(Process.Start(start)!);
        await contestant.ExpectAsync("ready");
        return contestant;
    }

    public async Task<Measure> RunAsync()
    {
        Tree.ResetPeaks();
        var (cpu, clock) = (Tree.CpuSeconds(), Stopwatch.StartNew());
        await _process.StandardInput.WriteLineAsync("go");
        await _process.StandardInput.FlushAsync();
        var finished = ExpectAsync("done");
        var peaks = new Dictionary<int, ProcessMemory>();
        while (!finished.IsCompleted)
        {
            await Task.WhenAny(finished, Task.Delay(SamplePause));
            foreach (var process in Tree.Memory())
                peaks[process.Id] = process;
        }

        var bytes = long.Parse(await finished, CultureInfo.InvariantCulture);
        return new Measure(clock.Elapsed.TotalSeconds, Tree.CpuSeconds() - cpu, peaks.Values.Max(p => p.PeakMiB), bytes);
    }

    public async ValueTask DisposeAsync()
    {
        _process.StandardInput.Close();
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(10));
        try
        {
            await _process.WaitForExitAsync(patience.Token);
        }
        catch (OperationCanceledException)
        {
            _process.Kill(entireProcessTree: true);
        }

        _process.Dispose();
    }

    /// <summary>What follows the word on its line.</summary>
    private async Task<string> ExpectAsync(string word)
    {
        while (await _process.StandardOutput.ReadLineAsync() is { } line)
            if (line.StartsWith(word, StringComparison.Ordinal))
                return line[word.Length..].Trim();

        throw new InvalidOperationException(
            $"{_process.StartInfo.ArgumentList.ElementAtOrDefault(2)} ended before it was {word}: {await _complaint}"
        );
    }
}

/// <summary>What all photos cost once. <paramref name="PeakMiB"/> is that of the largest single process.</summary>
internal sealed record Measure(double Seconds, double CpuSeconds, double PeakMiB, long Bytes);
