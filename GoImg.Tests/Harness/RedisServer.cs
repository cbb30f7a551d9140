using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;

namespace GoImg.Tests.Harness;

/// <summary>A real redis-server of the test's own behind a <see cref="SlowProxy"/>, whose address stays the same whatever happens to the server.</summary>
public sealed class RedisServer : IAsyncDisposable
{
    private readonly TempDirectory _directory = new();
    private readonly SlowProxy _proxy = new();
    private readonly string[] _settings;
    private Process? _process;

    private RedisServer(string[] settings) => _settings = settings;

    /// <summary>As <c>Redis:ConnectionString</c>.</summary>
    public string Address => $"127.0.0.1:{_proxy.Port}";

    /// <summary>Among an application's settings.</summary>
    public string Setting => $"Redis:ConnectionString={Address}";

    /// <summary>What the way to the server and back takes, from now on.</summary>
    public TimeSpan Delay
    {
        get => _proxy.Delay;
        set => _proxy.Delay = value;
    }

    /// <param name="settings">As on the command line of redis-server.</param>
    public static async Task<RedisServer> StartAsync(params string[] settings)
    {
        var server = new RedisServer(settings);
        await server.StartAgainAsync();
        return server;
    }

    /// <summary>After <see cref="KillAsync"/>: empty.</summary>
    public async Task StartAgainAsync()
    {
        var port = FreePort();
        string[] arguments = ["--bind", "127.0.0.1", "--port", port, "--dir", _directory.Path, "--save", "", "--appendonly", "no", .. _settings];
        var process = Process.Start(
            new ProcessStartInfo("redis-server", arguments)
            {
                UseShellExecute = false,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            }
        )!;
        _process = process;
        process.OutputDataReceived += (_, _) => { };
        process.ErrorDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        await Eventually.TrueAsync(() => Task.FromResult(process.HasExited || Listens(port)));
        Assert.False(process.HasExited, "redis-server did not start.");
        _proxy.Target = int.Parse(port, CultureInfo.InvariantCulture);
    }

    /// <summary>As <c>kill -9</c>: no goodbye, and what it knew is gone.</summary>
    public async Task KillAsync()
    {
        _proxy.Target = null;
        _process!.Kill();
        await _process.WaitForExitAsync(CancellationToken.None);
        _process.Dispose();
        _process = null;
    }

    /// <summary>It takes connections and bytes, and answers nothing.</summary>
    public Task PauseAsync() => SignalAsync("STOP");

    public Task ContinueAsync() => SignalAsync("CONT");

    /// <summary>What an operator does by hand.</summary>
    public async Task<string> RunAsync(params string[] command)
    {
        using var cli = Process.Start(
            new ProcessStartInfo("redis-cli", ["-p", _proxy.Target!.Value.ToString(CultureInfo.InvariantCulture), .. command])
            {
                RedirectStandardOutput = true,
            }
        )!;
        var said = await cli.StandardOutput.ReadToEndAsync(CancellationToken.None);
        await cli.WaitForExitAsync(CancellationToken.None);
        return said.Trim();
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is not null)
            await KillAsync();
        await _proxy.DisposeAsync();
        _directory.Dispose();
    }

    private async Task SignalAsync(string signal)
    {
        using var kill = Process.Start("kill", ["-" + signal, _process!.Id.ToString(CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync(CancellationToken.None);
    }

    private static string FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port.ToString(CultureInfo.InvariantCulture);
    }

    private static bool Listens(string port)
    {
        using var socket = new TcpClient();
        try
        {
            socket.Connect(IPAddress.Loopback, int.Parse(port, CultureInfo.InvariantCulture));
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
