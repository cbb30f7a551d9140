using System.Net.Sockets;
using System.Text;
using GoImg.Tests.Harness;

namespace GoImg.Tests.Hosting;

public sealed class ConnectionSharesTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Whoever_begins_many_requests_and_ends_none_takes_no_connection_from_another_network()
    {
        await using var app = await GoImgApp.StartAsync("Network:MaxConnections=20", "Network:MaxConnectionsPerNetwork=8");
        var sockets = new List<Socket>();
        for (var i = 0; i < 40; i++)
            sockets.Add(await BeginRequestAsync(app, from: "127.0.0.7"));

        // The tests' own address is another network.
        using var answer = await app.Anonymous.GetAsync("/explore", Stop);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        sockets.ForEach(socket => socket.Dispose());
    }

    [Fact]
    public async Task A_share_is_free_again_when_its_connections_end()
    {
        await using var app = await GoImgApp.StartAsync("Network:MaxConnectionsPerNetwork=2");
        using (await BeginRequestAsync(app, from: "127.0.0.7"))
        using (await BeginRequestAsync(app, from: "127.0.0.7"))
            await Eventually.TrueAsync(async () => !await IsAnsweredAsync(app, from: "127.0.0.7"));

        await Eventually.TrueAsync(() => IsAnsweredAsync(app, from: "127.0.0.7"));
    }

    [Fact]
    public async Task A_proxy_in_front_brings_many_networks_and_is_not_counted()
    {
        await using var app = await GoImgApp.StartAsync("Network:MaxConnectionsPerNetwork=1", "Network:TrustedProxies=127.0.0.0/29");
        using var first = await BeginRequestAsync(app, from: "127.0.0.7");
        using var second = await BeginRequestAsync(app, from: "127.0.0.7");

        Assert.True(await IsAnsweredAsync(app, from: "127.0.0.7"));
    }

    private static async Task<Socket> BeginRequestAsync(GoImgApp app, string from)
    {
        var socket = await ConnectAsync(app, from);
        try
        {
            await socket.SendAsync("GET /explore HTTP/1.1\r\nHost: loc"u8.ToArray(), Stop);
        }
        catch (SocketException)
        {
            // closed
        }

        return socket;
    }

    private static async Task<bool> IsAnsweredAsync(GoImgApp app, string from)
    {
        using var socket = await ConnectAsync(app, from);
        try
        {
            await socket.SendAsync("GET /health/live HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"u8.ToArray(), Stop);
            var answer = new byte[64];
            var read = await socket.ReceiveAsync(answer, Stop);
            return Encoding.ASCII.GetString(answer, 0, read).StartsWith("HTTP/1.1 200", StringComparison.Ordinal);
        }
        catch (SocketException)
        {
            return false;
        }
    }

    private static async Task<Socket> ConnectAsync(GoImgApp app, string from)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Parse(from), 0));
        try
        {
            await socket.ConnectAsync(IPAddress.Loopback, app.Address.Port, Stop);
        }
        catch (SocketException)
        {
            // closed at once, as it is to be above the share
        }

        return socket;
    }
}
