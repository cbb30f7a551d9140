using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;

namespace GoImg.Tests.Harness;

/// <summary>The real server as a process of its own, for what only a process can suffer. Several may share a database and a data directory.</summary>
public sealed class ServerProcess : IDisposable
{
    private readonly string[] _arguments;
    private Process? _process;

    public ServerProcess(string connectionString, string dataPath, params string[] settings)
    {
        Address = new Uri($"http://127.0.0.1:{FreePort()}");
        _arguments =
        [
            "--urls", Address.ToString(),
            "--environment", "Test",
            "--contentRoot", RepositoryPaths.Web,
            $"--ConnectionStrings:GoImg={connectionString}",
            $"--Data:Path={dataPath}",
            "--Logging:LogLevel:Default=Error",
            "--Limits:RequestsPerMinute=1000000",
            "--Limits:MemberRequestsPerMinute=1000000",
            "--Limits:UploadsPerHour=1000000",
            "--Limits:SignInsPerMinute=1000000",
            "--Limits:UploadsPerHourOfNewMembers=1000000",
            .. settings.Select(s => "--" + s),
        ];
    }

    public Uri Address { get; }

    public int Id => _process!.Id;

    /// <summary>Starts it and waits until it answers.</summary>
    public async Task StartAsync()
    {
        Launch();
        using var http = new HttpClient { BaseAddress = Address, Timeout = TimeSpan.FromSeconds(5) };
        await Eventually.TrueAsync(async () =>
        {
            Assert.False(_process!.HasExited, "The server ended while it started.");
            try
            {
                using var answer = await http.GetAsync("/health/live", TestContext.Current.CancellationToken);
                return answer.IsSuccessStatusCode;
            }
            catch (HttpRequestException)
            {
                return false;
            }
        }, TimeSpan.FromSeconds(60));
    }

    /// <summary>Starts it without waiting for an answer: it may be gone before it gives one.</summary>
    public void Launch()
    {
        // Beside the tests lies the program that the project builds.
        var start = new ProcessStartInfo(Path.Combine(AppContext.BaseDirectory, "GoImg.Web"), _arguments) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true };
        // Start-up is what this harness does all day: interpret less, compile once.
        start.Environment["DOTNET_TieredPGO"] = "0";
        start.Environment["DOTNET_TC_QuickJitForLoops"] = "1";
        _process = Process.Start(start)!;
        _process.OutputDataReceived += (_, _) => { };
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
        long Of(string name) => long.Parse(status.Single(line => line.StartsWith(name, StringComparison.Ordinal)).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) << 10;
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

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
