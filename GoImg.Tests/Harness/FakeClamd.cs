using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Net.Sockets;
using System.Text;

namespace GoImg.Tests.Harness;

/// <summary>Speaks clamd's INSTREAM as the real one does, and answers what the test says. The real one is asked in <c>ClamAvScannerTests</c>.</summary>
public sealed class FakeClamd : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _serving;

    public FakeClamd()
    {
        _listener.Start();
        _serving = ServeAsync();
    }

    /// <summary>The line to answer a whole stream with; null hangs up without a word.</summary>
    public Func<byte[], string?> Verdict { get; set; } = _ => "stream: OK";

    public ConcurrentQueue<int> Scanned { get; } = new();

    public string Address => "127.0.0.1:" + ((IPEndPoint)_listener.LocalEndpoint).Port;

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Stop();
        await _serving;
        _stop.Dispose();
    }

    private async Task ServeAsync()
    {
        try
        {
            while (true)
            {
                using var client = await _listener.AcceptTcpClientAsync(_stop.Token);
                try
                {
                    await AnswerAsync(client.GetStream());
                }
                catch (Exception left) when (left is IOException)
                {
                    // a client that was killed in the middle, as clamd meets them too
                }
            }
        }
        catch (Exception) when (_stop.IsCancellationRequested)
        {
            // the end
        }
    }

    private async Task AnswerAsync(NetworkStream stream)
    {
        var command = new byte["zINSTREAM\0".Length];
        await stream.ReadExactlyAsync(command, _stop.Token);
        Assert.Equal("zINSTREAM\0", Encoding.ASCII.GetString(command));
        using var content = new MemoryStream();
        var length = new byte[4];
        while (true)
        {
            await stream.ReadExactlyAsync(length, _stop.Token);
            var chunk = new byte[BinaryPrimitives.ReadInt32BigEndian(length)];
            if (chunk.Length == 0)
                break;
            await stream.ReadExactlyAsync(chunk, _stop.Token);
            content.Write(chunk);
        }

        Scanned.Enqueue((int)content.Length);
        if (Verdict(content.ToArray()) is { } line)
            await stream.WriteAsync(Encoding.UTF8.GetBytes(line + "\0"), _stop.Token);
    }
}
