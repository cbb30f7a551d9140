using System.Net.WebSockets;
using System.Text;
using GoImg.Tests.Harness;

namespace GoImg.Tests.Hosting;

public sealed class LivePageLimitTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_member_with_too_many_live_pages_is_refused_in_words_and_others_are_not()
    {
        await using var app = await GoImgApp.StartAsync("Network:MaxLivePagesPerMember=2");
        var (ana, bea) = (await app.SignUpAsync("ana"), await app.SignUpAsync("bea"));
        using var first = await OpenAsync(ana);
        using var second = await OpenAsync(ana);

        using var refused = await RefusedAsync(ana);
        using var page = await ana.GetAsync("/explore");
        using var third = await OpenAsync(ana);
        using var others = await NegotiateAsync(bea);

        Assert.Equal(HttpStatusCode.TooManyRequests, refused.StatusCode);
        Assert.NotNull(refused.Headers.RetryAfter);
        Assert.StartsWith("2 pages of yours are open", await refused.Content.ReadAsStringAsync(Stop), StringComparison.Ordinal);
        Assert.Contains("2 pages of yours are open", await page.Content.ReadAsStringAsync(Stop), StringComparison.Ordinal);
        Assert.False(await IsLiveAsync(third));
        Assert.Equal(HttpStatusCode.OK, others.StatusCode);
    }

    [Fact]
    public async Task The_live_pages_of_a_network_are_bounded_whoever_its_members_are()
    {
        await using var app = await GoImgApp.StartAsync("Network:MaxLivePagesPerNetwork=1");
        var (ana, bea) = (await app.SignUpAsync("ana"), await app.SignUpAsync("bea"));
        using var first = await OpenAsync(ana);

        using var refused = await RefusedAsync(bea);

        Assert.Equal(HttpStatusCode.TooManyRequests, refused.StatusCode);
    }

    [Fact]
    public async Task A_page_that_is_closed_makes_room()
    {
        await using var app = await GoImgApp.StartAsync("Network:MaxLivePagesPerMember=1");
        var ana = await app.SignUpAsync("ana");
        using (await OpenAsync(ana))
        using (var refused = await RefusedAsync(ana))
            Assert.Equal(HttpStatusCode.TooManyRequests, refused.StatusCode);

        await Eventually.TrueAsync(async () =>
        {
            using var again = await NegotiateAsync(ana);
            return again.StatusCode == HttpStatusCode.OK;
        });
    }

    private static Task<HttpResponseMessage> NegotiateAsync(MemberClient member) =>
        member.Http.PostAsync("/_blazor/negotiate?negotiateVersion=1", null, Stop);

    // A connection counts a moment after its handshake is answered.
    private static Task<HttpResponseMessage> RefusedAsync(MemberClient member) =>
        Eventually.GetAsync(() => NegotiateAsync(member), answer => answer.StatusCode == HttpStatusCode.TooManyRequests);

    /// <summary>As far as the hub's handshake, after which the connection counts, or is closed.</summary>
    private static async Task<ClientWebSocket> OpenAsync(MemberClient member)
    {
        var socket = new ClientWebSocket();
        socket.Options.SetRequestHeader("Cookie", string.Join("; ", member.Cookies.Select(cookie => $"{cookie.Name}={cookie.Value}")));
        await socket.ConnectAsync(new Uri($"ws://127.0.0.1:{member.App.Address.Port}/_blazor"), Stop);
        await socket.SendAsync("{\"protocol\":\"blazorpack\",\"version\":1}\u001e"u8.ToArray(), WebSocketMessageType.Text, endOfMessage: true, Stop);
        var answer = new byte[256];
        var read = await socket.ReceiveAsync(answer, Stop);
        Assert.StartsWith("{}", Encoding.UTF8.GetString(answer, 0, read.Count), StringComparison.Ordinal);
        return socket;
    }

    private static async Task<bool> IsLiveAsync(ClientWebSocket socket)
    {
        var answer = new byte[1024];
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Stop);
        patience.CancelAfter(TimeSpan.FromSeconds(20));
        var read = await socket.ReceiveAsync(answer, patience.Token);
        // Its length in groups of seven bits, an array, its type: 7 closes.
        var afterLength = Array.FindIndex(answer, part => part < 0x80) + 1;
        return read.MessageType != WebSocketMessageType.Close && answer[afterLength + 1] != 7;
    }
}
