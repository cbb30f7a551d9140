using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;
using GoImg.Bench.Processes;

namespace GoImg.Bench.GoImgItself;

/// <summary>The server as people run it: a process of its own with its own PostgreSQL and a data directory on disk, pinned to cores.</summary>
internal sealed class Server : IAsyncDisposable
{
    private static readonly TimeSpan StartLimit = TimeSpan.FromMinutes(1);
    private readonly Process _process;
    private readonly string _data;
    private readonly Queue<string> _lastWords = new();

    private Server(Process process, string data, Uri address)
    {
        (_process, _data, Address) = (process, data, address);
        process.OutputDataReceived += (_, line) => Remember(line.Data);
        process.ErrorDataReceived += (_, line) => Remember(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    public Uri Address { get; }

    public ProcessTree Tree => new(_process.Id);

    /// <param name="settings">As <c>Section:Key=value</c>.</param>
    public static async Task<Server> StartAsync(string workspace, int cores, params string[] settings)
    {
        var data = Path.Combine(workspace, "data-" + Guid.CreateVersion7().ToString("N"));
        var address = new Uri($"http://127.0.0.1:{FreePort()}");
        string[] arguments =
        [
            "--cpu-list",
            cores == 1 ? "0" : $"0-{cores - 1}",
            Path.Combine(Workspace.Program, "GoImg.Web"),
            "--contentRoot",
            Workspace.Program,
            "--urls",
            address.ToString(),
            $"--Data:Path={data}",
            "--Logging:LogLevel:Default=Warning",
            // one machine plays everybody
            "--Limits:HealthChecksPerMinute=1000000",
            "--Limits:RequestsPerMinute=1000000",
            "--Limits:MemberRequestsPerMinute=1000000",
            "--Limits:UploadsPerHour=1000000",
            "--Limits:UploadsPerHourOfNewMembers=1000000",
            "--Limits:RegistrationsPerTenMinutes=1000000",
            "--Limits:SignInsPerMinute=1000000",
            "--Limits:MaxMemberBytes=1099511627776",
            .. settings.Select(setting => "--" + setting),
        ];
        var start = new ProcessStartInfo("taskset", arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["ASPNETCORE_ENVIRONMENT"] = "Production";
        var server = new Server(Process.Start(start)!, data, address);
        await server.WaitUntilReadyAsync();
        return server;
    }

    /// <summary>Bytes of all renditions in the store.</summary>
    public long RenditionBytes() => Directory.EnumerateFiles(_data, "*.webp", SearchOption.AllDirectories).Sum(file => new FileInfo(file).Length);

    public async ValueTask DisposeAsync()
    {
        // as Ctrl-C would: it takes its database with it
        await Shell.FirstLineAsync("kill", "-INT", _process.Id.ToString(CultureInfo.InvariantCulture));
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        try
        {
            await _process.WaitForExitAsync(patience.Token);
        }
        catch (OperationCanceledException)
        {
            _process.Kill(entireProcessTree: true);
        }

        _process.Dispose();
        Directory.Delete(_data, recursive: true);
    }

    private async Task WaitUntilReadyAsync()
    {
        using var http = new HttpClient { BaseAddress = Address };
        using var tick = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        for (var clock = Stopwatch.StartNew(); clock.Elapsed < StartLimit && !_process.HasExited; await tick.WaitForNextTickAsync())
        {
            try
            {
                using var answer = await http.GetAsync(new Uri("/health/ready", UriKind.Relative));
                if (answer.IsSuccessStatusCode)
                    return;
            }
            catch (HttpRequestException)
            {
                // not yet
            }
        }

        throw new InvalidOperationException("GoImg did not start: " + string.Join(" / ", _lastWords));
    }

    private void Remember(string? line)
    {
        if (string.IsNullOrWhiteSpace(line))
            return;

        lock (_lastWords)
        {
            _lastWords.Enqueue(line.Trim());
            if (_lastWords.Count > 10)
                _lastWords.Dequeue();
        }
    }

    internal static int FreePort()
    {
        using var listener = new TcpListener(System.Net.IPAddress.Loopback, 0);
        listener.Start();
        return ((System.Net.IPEndPoint)listener.LocalEndpoint).Port;
    }
}
