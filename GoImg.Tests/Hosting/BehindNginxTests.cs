using System.Net.WebSockets;
using System.Text;
using GoImg.Tests.Harness;

namespace GoImg.Tests.Hosting;

/// <summary>Two nodes behind nginx with the configuration that comes with GoImg.</summary>
public sealed class BehindNginxTests
{
    private const string TrustsIt = "Network:TrustedProxies=127.0.0.1";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_upload_that_was_begun_on_one_node_goes_on_on_another_when_that_one_is_gone()
    {
        await using var site = await GoImgApp.StartAsync(TrustsIt);
        var (web1, web2) = (await site.BesideAsync(TrustsIt), await site.BesideAsync(TrustsIt));
        await using var nginx = await NginxProxy.StartAsync(web1, web2);
        var ana = await site.SignUpAsync("ana");
        using var api = new ApiClient(site);
        await api.SignInAsync(ana.Username);
        using var tus = new TusClient(nginx.Address, api.AccessToken);
        var picture = Pictures.Png(1, 800, 600);
        var half = picture.Length / 2;

        var upload = new Uri(nginx.Address, (await tus.CreateAsync(picture.Length)).Place).PathAndQuery;
        await tus.PatchAsync(upload, 0, picture[..half]);
        var (gone, left) = await nginx.LastNodeAsync() == web1.Address.Authority ? (web1, web2) : (web2, web1);
        await gone.DisposeAsync();
        var there = await tus.HeadAsync(upload);
        var rest = await tus.PatchAsync(upload, there.Offset, picture[half..]);
        var last = await nginx.LastNodeAsync();
        await left.DisposeAsync();

        Assert.Equal(half, there.Offset);
        Assert.Equal(HttpStatusCode.NoContent, rest.Status);
        Assert.Equal(left.Address.Authority, last);
    }

    [Fact]
    public async Task Who_asks_is_who_connected_to_the_proxy_whatever_they_say_of_themselves()
    {
        await using var web = await GoImgApp.StartAsync(TrustsIt);
        await using var nginx = await NginxProxy.StartAsync(web, web);
        var ana = await web.SignUpAsync("ana");
        using var api = new ApiClient(web, nginx.Address);

        await api.SendContentAsync(
            HttpMethod.Post,
            "auth/login",
            System.Net.Http.Json.JsonContent.Create(new { username = ana.Username, password = MemberClient.Password }),
            request => request.Headers.Add("X-Forwarded-For", "203.0.113.9")
        );
        await api.SignInAsync(ana.Username);
        var sessions = await api.GetAsync($"users/{ana.Id}/sessions");

        Assert.DoesNotContain("203.0.113.9", sessions.Text, StringComparison.Ordinal);
        Assert.Contains("127.0.0.1", sessions.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_live_page_connects_through_it()
    {
        await using var web = await GoImgApp.StartAsync(TrustsIt);
        await using var nginx = await NginxProxy.StartAsync(web, web);
        var ana = await web.SignUpAsync("ana");
        using var socket = new ClientWebSocket();
        socket.Options.SetRequestHeader("Cookie", string.Join("; ", ana.Cookies.Select(cookie => $"{cookie.Name}={cookie.Value}")));
        socket.Options.SetRequestHeader("Origin", nginx.Address.GetLeftPart(UriPartial.Authority));

        await socket.ConnectAsync(new Uri($"ws://{nginx.Address.Authority}/_blazor"), Stop);
        await socket.SendAsync(Encoding.UTF8.GetBytes("{\"protocol\":\"blazorpack\",\"version\":1}\u001e"), WebSocketMessageType.Text, true, Stop);
        var buffer = new byte[100];
        var answer = await socket.ReceiveAsync(buffer, Stop);

        // The hub's answer to the handshake, without an error.
        Assert.Equal("{}\u001e", Encoding.UTF8.GetString(buffer, 0, answer.Count));
    }

    [Fact]
    public async Task Pictures_go_through_it_in_ranges_and_are_not_sent_again_when_they_are_known()
    {
        await using var web = await GoImgApp.StartAsync(TrustsIt);
        await using var nginx = await NginxProxy.StartAsync(web, web);
        var image = await (await web.SignUpAsync("ana")).HasImageAsync(Core.Images.Visibility.Public);
        using var http = new HttpClient { BaseAddress = nginx.Address };
        http.DefaultRequestHeaders.Add("Accept", "image/webp");

        using var whole = await http.GetAsync($"/i/{image.Slug}/small", Stop);
        using var part = await SendAsync(request => request.Headers.Range = new(0, 9));
        using var known = await SendAsync(request => request.Headers.IfNoneMatch.Add(whole.Headers.ETag!));

        Assert.Equal((await whole.Content.ReadAsByteArrayAsync(Stop))[..10], await part.Content.ReadAsByteArrayAsync(Stop));
        Assert.Equal((HttpStatusCode.PartialContent, HttpStatusCode.NotModified), (part.StatusCode, known.StatusCode));

        async Task<HttpResponseMessage> SendAsync(Action<HttpRequestMessage> change)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, $"/i/{image.Slug}/small");
            change(request);
            return await http.SendAsync(request, Stop);
        }
    }
}
