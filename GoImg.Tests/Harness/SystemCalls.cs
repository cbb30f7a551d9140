using System.Diagnostics;
using System.Globalization;

namespace GoImg.Tests.Harness;

/// <summary>Watches system calls of a running server, or answers them with an error, by strace, until it is disposed.</summary>
public sealed class SystemCalls : IAsyncDisposable
{
    private readonly Process _strace;
    private readonly string _log;

    private SystemCalls(Process strace, string log) => (_strace, _log) = (strace, log);

    /// <summary>A line for each call; known once it is disposed.</summary>
    public IReadOnlyList<string> Lines { get; private set; } = [];

    /// <summary>How many of them it answered with the error.</summary>
    public int Failed => Lines.Count(line => line.EndsWith("(INJECTED)", StringComparison.Ordinal));

    public static Task<SystemCalls> WatchAsync(ServerProcess server, string call) => TraceAsync(server, call);

    /// <param name="when">Of each thread's calls: <c>3</c> is the third, <c>1+</c> all.</param>
    public static Task<SystemCalls> FailAsync(ServerProcess server, string call, string error, string when) =>
        TraceAsync(server, call, "-e", $"inject={call}:error={error}:when={when}");

    private static async Task<SystemCalls> TraceAsync(ServerProcess server, string call, params string[] inject)
    {
        Assert.SkipUnless(File.Exists("/usr/bin/strace"), "strace is not installed.");
        var log = Path.GetTempFileName();
        var id = server.Id.ToString(CultureInfo.InvariantCulture);
        var start = new ProcessStartInfo("strace", ["-f", "-p", id, "-o", log, "-e", "trace=" + call, .. inject]) { RedirectStandardError = true };
        var strace = Process.Start(start)!;
        // "strace: Process 123 attached with 45 threads"
        var line = await strace.StandardError.ReadLineAsync(TestContext.Current.CancellationToken) ?? "";
        Assert.SkipWhen(line.Contains("not permitted", StringComparison.Ordinal), "This machine does not let us trace.");
        Assert.Contains("attached", line, StringComparison.Ordinal);
        _ = strace.StandardError.ReadToEndAsync(CancellationToken.None);
        return new SystemCalls(strace, log);
    }

    public async ValueTask DisposeAsync()
    {
        // Lets go of the server as Ctrl+C would.
        using (var kill = Process.Start("kill", ["-INT", _strace.Id.ToString(CultureInfo.InvariantCulture)]))
            await kill.WaitForExitAsync();
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(10));
        try
        {
            await _strace.WaitForExitAsync(patience.Token);
        }
        catch (OperationCanceledException)
        {
            // It waits for ever when the server killed a child (strace follows those too) just then. What it still holds goes on without it.
            _strace.Kill();
            await _strace.WaitForExitAsync();
        }

        _strace.Dispose();
        Lines = await File.ReadAllLinesAsync(_log);
        File.Delete(_log);
    }
}
