using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;
using GoImg.Bench.GoImgItself;

namespace GoImg.Bench.Signals;

/// <summary>A redis-server on a free port of loopback, in memory alone.</summary>
internal sealed class RedisProcess : IAsyncDisposable
{
    private readonly Process _process;

    private RedisProcess(Process process, int port) =>
        (_process, Address) = (process, string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{port}"));

    public string Address { get; }

    public static async Task<RedisProcess> StartAsync(string directory)
    {
        var port = Server.FreePort();
        string[] arguments =
        [
            "--bind",
            "127.0.0.1",
            "--port",
            port.ToString(CultureInfo.InvariantCulture),
            "--dir",
            directory,
            "--save",
            "",
            "--appendonly",
            "no",
            "--logfile",
            "redis.log",
        ];
        var redis = new RedisProcess(Process.Start(new ProcessStartInfo("redis-server", arguments))!, port);
        for (var clock = Stopwatch.StartNew(); clock.Elapsed < TimeSpan.FromSeconds(10) && !redis._process.HasExited; await Task.Delay(50))
        {
            using var socket = new TcpClient();
            try
            {
                await socket.ConnectAsync("127.0.0.1", port);
                return redis;
            }
            catch (SocketException)
            {
                // not yet
            }
        }

        throw new InvalidOperationException("redis-server did not start.");
    }

    public async ValueTask DisposeAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync(CancellationToken.None);
        _process.Dispose();
    }
}
