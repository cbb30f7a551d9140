using System.Net.Sockets;
using System.Text;

namespace GoImg.Tests.RemoteFiles;

/// <summary>A web server of somebody else's, on a free port, that answers as the test says, byte for byte. It listens on every address of this machine,
/// so that whoever is kept from one of them is kept by a rule and not by a closed door.</summary>
internal sealed class FileServer : IAsyncDisposable
{
    private readonly TcpListener _listener = TcpListener.Create(port: 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly Func<string, NetworkStream, CancellationToken, Task> _answer;
    private readonly Task _serving;
    private int _connections;

    /// <param name="answer">Gets the request's head.</param>
    private FileServer(Func<string, NetworkStream, CancellationToken, Task> answer)
    {
        _answer = answer;
        _listener.Start();
        _serving = ServeAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public Uri Address => new($"http://127.0.0.1:{Port}/pictures/harbour.png");

    /// <summary>How many came.</summary>
    public int Connections => _connections;

    /// <summary>The address that the last came to.</summary>
    public string LastAddress { get; private set; } = "";

    /// <summary>The head of the last request.</summary>
    public string LastRequest { get; private set; } = "";

    public static FileServer Start(Func<string, NetworkStream, CancellationToken, Task> answer) => new(answer);

    public static FileServer Giving(byte[] file, string status = "200 OK", string headers = "") =>
        Start(
            async (_, stream, stop) =>
            {
                await WriteAsync(stream, $"HTTP/1.1 {status}\r\nContent-Length: {file.Length}\r\nConnection: close\r\n{headers}\r\n", stop);
                await stream.WriteAsync(file, stop);
            }
        );

    public static FileServer LeadingTo(string location, string status = "302 Found") => Giving([], status, $"Location: {location}\r\n");

    public static ValueTask WriteAsync(NetworkStream stream, string text, CancellationToken stop) =>
        stream.WriteAsync(Encoding.Latin1.GetBytes(text), stop);

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Stop();
        await _serving;
        _stop.Dispose();
    }

    private async Task ServeAsync()
    {
        var open = new List<Task>();
        try
        {
            while (true)
            {
                var client = await _listener.AcceptTcpClientAsync(_stop.Token);
                LastAddress = ((IPEndPoint)client.Client.LocalEndPoint!).Address.MapToIPv4().ToString();
                Interlocked.Increment(ref _connections);
                open.Add(AnswerAsync(client));
            }
        }
        catch (Exception stopped) when (stopped is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            await Task.WhenAll(open);
        }
    }

    private async Task AnswerAsync(TcpClient client)
    {
        using (client)
        {
            try
            {
                var stream = client.GetStream();
                LastRequest = await ReadHeadAsync(stream, _stop.Token);
                await _answer(LastRequest, stream, _stop.Token);
            }
            catch (Exception gone) when (gone is IOException or OperationCanceledException)
            {
                // the other side had enough
            }
        }
    }

    private static async Task<string> ReadHeadAsync(NetworkStream stream, CancellationToken stop)
    {
        var head = new StringBuilder();
        var buffer = new byte[1];
        while (!head.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal) && await stream.ReadAsync(buffer, stop) > 0)
            head.Append((char)buffer[0]);
        return head.ToString();
    }
}
