using System.Net.Sockets;

namespace GoImg.Tests.Harness;

/// <summary>A network between a client and a server that breaks: the first connections end after so many bytes from the client.</summary>
public sealed class CuttingProxy : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly Uri _server;
    private readonly long _afterBytes;
    private readonly Task _accepting;
    private int _cutsLeft;

    public CuttingProxy(Uri server, int cuts, long afterBytes)
    {
        (_server, _cutsLeft, _afterBytes) = (server, cuts, afterBytes);
        _listener.Start();
        Address = new Uri($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}");
        _accepting = AcceptAsync();
    }

    public Uri Address { get; }

    public int CutsLeft => Volatile.Read(ref _cutsLeft);

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Stop();
        await _accepting;
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
                _ = ServeAsync(await _listener.AcceptTcpClientAsync(_stop.Token));
        }
        catch (Exception ended) when (ended is OperationCanceledException or SocketException)
        {
            // Disposed.
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using var server = new TcpClient();
        try
        {
            using (client)
            {
                await server.ConnectAsync(_server.Host, _server.Port);
                await Task.WhenAny(
                    SendAsync(client.GetStream(), server.GetStream()),
                    server.GetStream().CopyToAsync(client.GetStream(), _stop.Token)
                );
            }
        }
        catch (Exception broken) when (broken is IOException or SocketException or OperationCanceledException)
        {
            // One of the two is gone; so is the other now.
        }
    }

    private async Task SendAsync(NetworkStream from, NetworkStream to)
    {
        var buffer = new byte[16 * 1024];
        var sent = 0L;
        while (await from.ReadAsync(buffer, _stop.Token) is var read and > 0)
        {
            await to.WriteAsync(buffer.AsMemory(0, read), _stop.Token);
            sent += read;
            if (sent >= _afterBytes && Interlocked.Decrement(ref _cutsLeft) >= 0)
                return;
        }
    }
}
