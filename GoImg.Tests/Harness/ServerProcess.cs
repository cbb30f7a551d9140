using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;
using System.Security.Cryptography;

namespace GoImg.Tests.Harness;

/// <summary>The real server as a process of its own, for what only a process can suffer. Several may share a database and a data directory.</summary>
public sealed class ServerProcess : IDisposable
{
    private readonly List<(Uri Address, string[] Arguments)> _galleries = [];
    private Process? _process;

    public ServerProcess(string connectionString, string dataPath, params string[] settings) => AddGallery(connectionString, dataPath, settings);

    public Uri Address => _galleries[0].Address;

    /// <summary>A program and its arguments that become the server in their own way, such as in a mount namespace of its own.</summary>
    public IReadOnlyList<string> Launcher { get; init; } = [];

    /// <summary>Runs what is asynchronous on one thread: tools that count per thread then count for the whole process.</summary>
    public bool OnOneThread { get; init; }

    public int Id => _process!.Id;

    public bool HasEnded => _process!.HasExited;

    /// <summary>Another gallery in the same process, from its next start on; returns where. A process takes seconds to start, a gallery in it
    /// tenths, and a kill strikes them all, each in the middle of something else.</summary>
    public Uri AddGallery(string connectionString, string dataPath, params string[] settings)
    {
        var address = new Uri($"http://127.0.0.1:{FreePort()}");
        _galleries.Add(
            (
                address,
                [
                    "--urls",
                    address.ToString(),
                    "--environment",
                    "Test",
                    "--contentRoot",
                    RepositoryPaths.Program,
                    $"--ConnectionStrings:GoImg={connectionString}",
                    $"--Data:Path={dataPath}",
                    "--Logging:LogLevel:Default=Error",
                    "--Limits:HealthChecksPerMinute=1000000",
                    "--Limits:RequestsPerMinute=1000000",
                    "--Limits:MemberRequestsPerMinute=1000000",
                    "--Limits:UploadRequestsPerMinute=1000000",
                    "--Limits:UploadsPerHour=1000000",
                    "--Limits:SignInsPerMinute=1000000",
                    "--Limits:UploadsPerHourOfNewMembers=1000000",
                    .. settings.Select(s => "--" + s),
                ]
            )
        );
        return address;
    }

    /// <summary>Starts it and waits until it answers.</summary>
    public async Task StartAsync()
    {
        Launch();
        await WaitUntilItAnswersAsync();
    }

    public Task WaitUntilItAnswersAsync() => Task.WhenAll(_galleries.Select(gallery => WaitUntilItAnswersAsync(gallery.Address)));

    private async Task WaitUntilItAnswersAsync(Uri address)
    {
        using var http = new HttpClient { BaseAddress = address, Timeout = TimeSpan.FromSeconds(5) };
        await Eventually.TrueAsync(
            async () =>
            {
                Assert.False(_process!.HasExited, "The server ended while it started.");
                try
                {
                    using var answer = await http.GetAsync("/health/live", TestContext.Current.CancellationToken);
                    return answer.IsSuccessStatusCode;
                }
                catch (Exception notYet) when (notYet is HttpRequestException or TaskCanceledException)
                {
                    return false;
                }
            },
            TimeSpan.FromSeconds(60)
        );
    }

    /// <summary>Starts it without waiting for an answer: it may be gone before it gives one.</summary>
    public void Launch()
    {
        string[] command = [.. Launcher, Path.Combine(RepositoryPaths.Program, "GoImg.Web"), .. _galleries[0].Arguments];
        var start = new ProcessStartInfo(command[0], command[1..])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        // Start-up is what this harness does all day, and much of it is compiling: in memory that is writable.
        start.Environment["DOTNET_EnableWriteXorExecute"] = "0";
        if (_galleries.Count > 1)
            StartupHook.StartInside(start, _galleries.Skip(1).Select(gallery => gallery.Arguments));
        if (OnOneThread)
            start.Environment["DOTNET_ThreadPool_ForceMaxWorkerThreads"] = "1";
        _process = Process.Start(start)!;
        _process.OutputDataReceived += (_, line) => WriteLine(line.Data);
        _process.ErrorDataReceived += (_, line) => WriteLine(line.Data);
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    /// <summary>Waits until it has ended by itself; answers its exit code, which is 137 after a failpoint's kill.</summary>
    public async Task<int> WaitForEndAsync()
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        await _process!.WaitForExitAsync(deadline.Token);
        var code = _process.ExitCode;
        _process.Dispose();
        _process = null;
        return code;
    }

    /// <summary>Sends a signal by its name, such as <c>STOP</c>, <c>CONT</c> or <c>TERM</c>.</summary>
    public async Task SignalAsync(string signal)
    {
        using var kill = Process.Start("kill", ["-" + signal, _process!.Id.ToString(CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync(CancellationToken.None);
    }

    /// <summary>Memory the process has in use now, and the most it ever had.</summary>
    public async Task<(long Now, long Peak)> MemoryBytesAsync()
    {
        var status = await File.ReadAllLinesAsync($"/proc/{_process!.Id}/status");
        long Of(string name) =>
            long.Parse(
                status.Single(line => line.StartsWith(name, StringComparison.Ordinal)).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)[1],
                CultureInfo.InvariantCulture
            ) << 10;
        return (Of("VmRSS:"), Of("VmHWM:"));
    }

    /// <summary>As <c>kill -9</c>: no goodbye.</summary>
    public async Task KillAsync()
    {
        _process!.Kill();
        await _process.WaitForExitAsync(CancellationToken.None);
        _process.Dispose();
        _process = null;
    }

    public void Dispose()
    {
        if (_process is null)
            return;
        _process.Kill();
        _process.WaitForExit();
        _process.Dispose();
    }

    private static void WriteLine(string? line)
    {
        if (line is { Length: > 0 })
            TestContext.Current.TestOutputHelper?.WriteLine(line);
    }

    // Below what systems hand out to outgoing connections: one of those could sit on it while the server is away.
    internal static int FreePort()
    {
        while (true)
        {
            var port = RandomNumberGenerator.GetInt32(10_000, 32_768);
            try
            {
                using var listener = new TcpListener(IPAddress.Loopback, port);
                listener.Start();
                return port;
            }
            catch (SocketException)
            {
                // Taken. There are many.
            }
        }
    }
}
