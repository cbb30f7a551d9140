using System.Net.Http.Json;
using GoImg.Core.Accounts;
using GoImg.Infrastructure.RemoteFiles;
using GoImg.Tests.Accounts;
using GoImg.Tests.Harness;

namespace GoImg.Tests.RemoteFiles;

public sealed class UploadFromAddressTests
{
    private const string On = "RemoteFiles:Enabled=true";
    private const string Loopback = "RemoteFiles:AllowedNetworks=127.0.0.1/32";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_an_address_leads_to_is_taken_as_any_upload()
    {
        await using var server = FileServer.Giving(Pictures.Png(7));
        await using var app = await StartAsync(server.Port, On, Loopback);
        using var api = await (await app.SignUpAsync("ana")).ApiByTokenAsync(TokenScope.Upload);

        var first = await SendAsync(
            api,
            new
            {
                source_url = server.Address,
                title = "Harbour",
                tags = new[] { "sea", "fog" },
                visibility = "unlisted",
            }
        );
        var again = await SendAsync(api, new { source_url = server.Address });

        Assert.Equal(
            (HttpStatusCode.Created, "Harbour", "unlisted", "harbour.png"),
            (first.Status, first["title"], first["visibility"], first["file_name"])
        );
        Assert.Equal(["sea", "fog"], first.Json.GetProperty("tags").EnumerateArray().Select(t => t.GetString()));
        Assert.Equal((HttpStatusCode.OK, first["id"]), (again.Status, again["id"]));
        Assert.StartsWith("GET /pictures/harbour.png HTTP/1.1", server.LastRequest, StringComparison.Ordinal);
        foreach (var header in new[] { "Authorization", "Cookie", "traceparent", "X-Request-ID" })
            Assert.DoesNotContain(header + ":", server.LastRequest, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task It_is_off_unless_it_was_switched_on()
    {
        await using var server = FileServer.Giving(Pictures.Png());
        await using var app = await StartAsync(server.Port, Loopback);
        var ana = await app.SignUpAsync("ana");
        using var api = await ana.ApiByTokenAsync(TokenScope.Upload);

        var refused = await SendAsync(api, new { source_url = server.Address });

        Assert.Equal((HttpStatusCode.Forbidden, "upload.addresses_off", 0), (refused.Status, refused["code"], server.Connections));
        Assert.DoesNotContain("source_url", await ana.Http.GetStringAsync("/upload", Token), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("example.org/a.png")]
    [InlineData("ftp://example.org/a.png")]
    [InlineData("file:///etc/passwd")]
    [InlineData("gopher://127.0.0.1:6379/_FLUSHALL")]
    [InlineData("data:image/png;base64,AAAA")]
    [InlineData("http://user:pass@example.org/a.png")]
    [InlineData("http://")]
    public async Task Anything_but_a_plain_web_address_is_a_mistake_of_its_field(string address)
    {
        await using var app = await GoImgApp.StartAsync(On);
        using var api = await (await app.SignUpAsync("ana")).ApiByTokenAsync(TokenScope.Upload);

        var refused = await SendAsync(api, new { source_url = address });

        Assert.Equal(HttpStatusCode.BadRequest, refused.Status);
        Assert.Equal("source_url", Assert.Single(refused.Json.GetProperty("errors").EnumerateArray()).GetProperty("field").GetString());
    }

    /// <summary>What is refused, what is closed and what is broken can't be told apart.</summary>
    [Fact]
    public async Task Internal_addresses_and_failures_have_one_answer_and_nobody_is_connected_to()
    {
        await using var inside = FileServer.Giving(Pictures.Png());
        await using var app = await StartAsync(inside.Port, On);
        using var api = await (await app.SignUpAsync("ana")).ApiByTokenAsync(TokenScope.Upload);
        string[] addresses =
        [
            .. new[]
            {
                "127.0.0.1",
                "127.1",
                "0x7f000001",
                "2130706433",
                "0",
                "[::1]",
                "[::ffff:127.0.0.1]",
                "[::]",
                "localhost",
                "localhost.",
                "①②⑦.⓪.⓪.①",
            }.Select(host => $"http://{host}:{inside.Port}/"),
            "http://169.254.169.254/latest/meta-data/",
            "http://[fd00:ec2::254]/",
            "http://127.0.0.1:1/",
            "http://192.0.2.1/",
            "http://nowhere.invalid/a.png",
        ];

        var answers = new HashSet<string>(StringComparer.Ordinal);
        foreach (var address in addresses)
            answers.Add(Told(await SendAsync(api, new { source_url = address })));

        Assert.StartsWith("UnprocessableEntity upload.address_not_fetched", Assert.Single(answers), StringComparison.Ordinal);
        Assert.Equal(0, inside.Connections);
    }

    [Fact]
    public async Task A_name_that_leads_inside_the_second_time_is_not_followed_there()
    {
        await using var server = FileServer.Giving(Pictures.Png());
        var names = new ScriptedNames();
        // Before and behind the redirect it is another address: the first is allowed, the second is not.
        names.Answers.Enqueue([IPAddress.Parse("127.0.0.2")]);
        names.Answers.Enqueue([IPAddress.Parse("127.0.0.1")]);
        using var files = Files(server.Port, names, "127.0.0.1/32");

        Assert.Null(await files.OpenAsync(new($"http://rebinding.example:{server.Port}/"), Token));
        Assert.Equal((1, 0), (names.Asked, server.Connections));
        await using var file = await files.OpenAsync(new($"http://rebinding.example:{server.Port}/a.png"), Token);

        // Asked anew, once for each connection, and connected to what was looked at.
        Assert.NotNull(file);
        Assert.Equal((2, 1), (names.Asked, server.Connections));
    }

    [Fact]
    public async Task Of_several_addresses_only_those_of_the_internet_are_tried()
    {
        await using var server = FileServer.Giving(Pictures.Png());
        var names = new ScriptedNames();
        names.Answers.Enqueue([IPAddress.Parse("::ffff:127.0.0.3"), IPAddress.Parse("fe80::1"), IPAddress.Parse("127.0.0.1")]);
        using var files = Files(server.Port, names, "127.0.0.1/32");

        await using var file = await files.OpenAsync(new($"http://several.example:{server.Port}/a%20b.png?x=1"), Token);

        Assert.Equal(("a b.png", "127.0.0.1"), (file?.Name, server.LastAddress));
    }

    [Theory]
    [InlineData(3, true)]
    [InlineData(4, false)]
    public async Task Three_redirects_are_followed(int count, bool isFetched)
    {
        await using var target = FileServer.Giving(Pictures.Png());
        var chain = new Stack<FileServer>();
        var (next, ports) = (target.Address.ToString(), new List<int> { target.Port });
        for (var i = 0; i < count; i++)
        {
            chain.Push(FileServer.LeadingTo(next, i % 2 == 0 ? "302 Found" : "308 Permanent Redirect"));
            next = chain.Peek().Address.ToString();
            ports.Add(chain.Peek().Port);
        }

        using var files = new HttpFiles(Options("127.0.0.1/32", [.. ports]), new NameResolver(), Logger);
        await using var file = await files.OpenAsync(new(next), Token);

        Assert.Equal((isFetched, isFetched ? 1 : 0), (file is not null, target.Connections));
        while (chain.TryPop(out var server))
            await server.DisposeAsync();
    }

    [Theory]
    [InlineData("http://127.0.0.2:{0}/")]
    [InlineData("http://[::1]:{0}/")]
    [InlineData("//localhost:{0}/")]
    [InlineData("http://user@127.0.0.1:{0}/")]
    [InlineData("ftp://127.0.0.1:{0}/")]
    [InlineData("file:///etc/passwd")]
    public async Task A_redirect_is_judged_as_the_address_itself(string location)
    {
        await using var inside = FileServer.Giving(Pictures.Png());
        await using var server = FileServer.LeadingTo(string.Format(System.Globalization.CultureInfo.InvariantCulture, location, inside.Port));
        using var files = new HttpFiles(Options("127.0.0.1/32", server.Port, inside.Port), new ScriptedNames(), Logger);

        Assert.Null(await files.OpenAsync(server.Address, Token));
        Assert.Equal((1, 0), (server.Connections, inside.Connections));
    }

    [Fact]
    public async Task A_path_alone_is_of_the_same_server_and_a_circle_ends()
    {
        await using var server = FileServer.LeadingTo("/elsewhere.png");
        using var files = Files(server.Port, new NameResolver(), "127.0.0.1/32");

        Assert.Null(await files.OpenAsync(server.Address, Token));
        Assert.Equal(4, server.Connections);
        Assert.StartsWith("GET /elsewhere.png ", server.LastRequest, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Only_ports_that_are_named_are_asked()
    {
        await using var other = FileServer.Giving(Pictures.Png());
        await using var server = FileServer.LeadingTo(other.Address.ToString());
        using var files = Files(server.Port, new NameResolver(), "127.0.0.1/32");

        Assert.Null(await files.OpenAsync(other.Address, Token));
        Assert.Null(await files.OpenAsync(server.Address, Token));
        Assert.Equal((1, 0), (server.Connections, other.Connections));
    }

    [Theory]
    [InlineData("404 Not Found")]
    [InlineData("500 Oh")]
    [InlineData("206 Partial Content")]
    [InlineData("302 Found")]
    public async Task Anything_but_200_is_no_file(string status)
    {
        await using var server = FileServer.Giving(Pictures.Png(), status);
        using var files = Files(server.Port, new NameResolver(), "127.0.0.1/32");

        Assert.Null(await files.OpenAsync(server.Address, Token));
    }

    [Fact]
    public async Task What_is_too_large_is_refused_by_what_it_says_and_by_what_comes()
    {
        await using var declared = FileServer.Start(
            async (_, stream, stop) =>
            {
                await FileServer.WriteAsync(stream, "HTTP/1.1 200 OK\r\nContent-Length: 100001\r\n\r\n", stop);
                await Task.Delay(Timeout.Infinite, stop);
            }
        );
        await using var endless = FileServer.Start(
            async (_, stream, stop) =>
            {
                await FileServer.WriteAsync(stream, "HTTP/1.1 200 OK\r\n\r\n", stop);
                while (true)
                    await stream.WriteAsync(new byte[8192], stop);
            }
        );
        await using var app = await GoImgApp.StartAsync(
            On,
            Loopback,
            $"RemoteFiles:Ports={declared.Port},{endless.Port}",
            "Limits:MaxFileBytes=100000"
        );
        using var api = await (await app.SignUpAsync("ana")).ApiByTokenAsync(TokenScope.Upload);

        foreach (var server in new[] { declared, endless })
            Assert.Equal(HttpStatusCode.RequestEntityTooLarge, (await SendAsync(api, new { source_url = server.Address })).Status);
        AssertNothingIsStaged(app);
    }

    [Fact]
    public async Task Who_says_nothing_drips_or_breaks_off_is_left_after_the_time_limit()
    {
        await using var silent = FileServer.Start((_, _, stop) => Task.Delay(Timeout.Infinite, stop));
        await using var dripping = FileServer.Start(
            async (_, stream, stop) =>
            {
                await FileServer.WriteAsync(stream, "HTTP/1.1 200 OK\r\n\r\n", stop);
                while (true)
                {
                    await stream.WriteAsync(new byte[1], stop);
                    await Task.Delay(20, stop);
                }
            }
        );
        await using var cut = FileServer.Start(
            async (_, stream, stop) => await FileServer.WriteAsync(stream, "HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\nabc", stop)
        );
        await using var garbage = FileServer.Start(
            async (_, stream, stop) => await FileServer.WriteAsync(stream, "SSH-2.0-OpenSSH_9.6\r\n\r\n", stop)
        );
        await using var app = await GoImgApp.StartAsync(
            On,
            Loopback,
            $"RemoteFiles:Ports={silent.Port},{dripping.Port},{cut.Port},{garbage.Port}",
            "RemoteFiles:TimeLimit=00:00:01"
        );
        using var api = await (await app.SignUpAsync("ana")).ApiByTokenAsync(TokenScope.Upload);

        var answers = new HashSet<string>(StringComparer.Ordinal);
        foreach (var server in new[] { silent, dripping, cut, garbage })
            answers.Add(Told(await SendAsync(api, new { source_url = server.Address })));

        Assert.Contains("within 1 second.", Assert.Single(answers), StringComparison.Ordinal);
        AssertNothingIsStaged(app);
    }

    [Fact]
    public async Task What_is_no_image_is_refused_in_the_words_of_every_upload()
    {
        await using var server = FileServer.Giving("<html>Not found</html>"u8.ToArray(), headers: "Content-Type: image/png\r\n");
        await using var app = await StartAsync(server.Port, On, Loopback);
        var ana = await app.SignUpAsync("ana");
        using var api = await ana.ApiByTokenAsync(TokenScope.Upload);

        var fetched = await SendAsync(api, new { source_url = server.Address });
        var sent = await api.SendContentAsync(
            HttpMethod.Post,
            "images",
            UploadClient.Form("<html>Not found</html>"u8.ToArray(), [], fieldsFirst: true)
        );

        Assert.Equal(HttpStatusCode.UnsupportedMediaType, fetched.Status);
        Assert.Equal((sent.Status, sent["code"], sent["detail"]), (fetched.Status, fetched["code"], fetched["detail"]));
    }

    [Fact]
    public async Task The_upload_page_fetches_too_and_says_the_same()
    {
        await using var server = FileServer.Giving(Pictures.Png(9));
        await using var app = await StartAsync(server.Port, On, Loopback);
        var ana = await app.SignUpAsync("ana");
        using var api = await ana.ApiByTokenAsync(TokenScope.Upload);
        Dictionary<string, string> Fields(string address) => new() { ["source_url"] = address, ["visibility"] = "private" };

        using var fetched = await ana.Http.PostFormAsync("/upload", null, Fields(server.Address.ToString()), "/upload/address");
        using var refused = await ana.Http.PostFormAsync("/upload", null, Fields("http://10.0.0.1/"), "/upload/address");
        var page = WebUtility.HtmlDecode(await ana.Http.GetStringAsync("/upload", Token));
        using var visitor = await app.Anonymous.PostAsync("/upload/address", new FormUrlEncodedContent(Fields("http://10.0.0.1/")), Token);

        Assert.Equal(("/library", "/upload"), (fetched.Headers.Location?.ToString(), refused.Headers.Location?.ToString()));
        Assert.Contains((await SendAsync(api, new { source_url = "http://10.0.0.1/" }))["detail"]!, page, StringComparison.Ordinal);
        Assert.Single((await (await SessionAsync(ana)).GetAsync("users/me/images")).Json.GetProperty("items").EnumerateArray());
        Assert.NotEqual(HttpStatusCode.OK, visitor.StatusCode);
    }

    [Fact]
    public async Task It_counts_as_an_upload_before_anybody_is_asked()
    {
        await using var server = FileServer.Giving(Pictures.Png());
        await using var app = await StartAsync(server.Port, On, Loopback, "Limits:UploadsPerHourOfNewMembers=1");
        using var api = await (await app.SignUpAsync("ana")).ApiByTokenAsync(TokenScope.Upload);

        await SendAsync(api, new { source_url = server.Address });
        var second = await SendAsync(api, new { source_url = server.Address });

        Assert.Equal((HttpStatusCode.TooManyRequests, 1), (second.Status, server.Connections));
    }

    private static Microsoft.Extensions.Logging.ILogger<HttpFiles> Logger => Microsoft.Extensions.Logging.Abstractions.NullLogger<HttpFiles>.Instance;

    private static Task<GoImgApp> StartAsync(int port, params string[] settings) =>
        GoImgApp.StartAsync([.. settings, $"RemoteFiles:Ports=80,443,1,{port}", "RemoteFiles:TimeLimit=00:00:20", GoImgApp.NoJobs]);

    private static HttpFiles Files(int port, NameResolver names, string allowed) => new(Options(allowed, port), names, Logger);

    private static RemoteFilesOptions Options(string allowed, params int[] ports) =>
        new()
        {
            Enabled = true,
            AllowedNetworks = allowed,
            Ports = string.Join(',', ports),
        };

    private static Task<ApiResponse> SendAsync(ApiClient api, object body) =>
        api.SendContentAsync(HttpMethod.Post, "images", JsonContent.Create(body));

    private static async Task<ApiClient> SessionAsync(MemberClient member)
    {
        var api = new ApiClient(member.App);
        await api.SignInAsync(member.Username);
        return api;
    }

    private static string Told(ApiResponse answer) => $"{answer.Status} {answer["code"]} {answer["title"]} {answer["detail"]}";

    private static void AssertNothingIsStaged(GoImgApp app) =>
        Assert.Empty(
            Directory
                .EnumerateDirectories(app.DataPath, "*staging*", SearchOption.AllDirectories)
                .SelectMany(directory => Directory.EnumerateFiles(directory))
        );

    /// <summary>Answers in turn, and with nothing when there is no more.</summary>
    private sealed class ScriptedNames : NameResolver
    {
        public Queue<IPAddress[]> Answers { get; } = [];

        public int Asked { get; private set; }

        public override Task<IPAddress[]> FindAsync(string host, CancellationToken cancellationToken)
        {
            Asked++;
            return Task.FromResult(Answers.TryDequeue(out var found) ? found : [IPAddress.IPv6Loopback, IPAddress.Parse("127.0.0.2")]);
        }
    }
}
