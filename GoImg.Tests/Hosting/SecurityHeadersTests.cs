using GoImg.Tests.Harness;

namespace GoImg.Tests.Hosting;

public sealed class SecurityHeadersTests
{
    [Fact]
    public async Task Every_kind_of_answer_carries_the_headers_and_none_names_the_server()
    {
        await using var app = await GoImgApp.StartAsync();

        foreach (
            var path in new[]
            {
                "/sign-in",
                "/account",
                "/nowhere",
                "/css/base.css",
                "/api/v1/users/me",
                "/api/v1/nowhere",
                "/health/ready",
                "/openapi/v1.json",
                "/api/docs/index.html",
            }
        )
        {
            using var answer = await app.Anonymous.GetAsync(path, TestContext.Current.CancellationToken);

            var policy = Assert.Single(answer.Headers.GetValues("Content-Security-Policy"));
            Assert.Contains("script-src 'self';", policy, StringComparison.Ordinal);
            Assert.Contains("frame-ancestors 'none'", policy, StringComparison.Ordinal);
            Assert.Equal("nosniff", Assert.Single(answer.Headers.GetValues("X-Content-Type-Options")));
            Assert.True(answer.Headers.Contains("Referrer-Policy"), path);
            Assert.True(answer.Headers.Contains("Cross-Origin-Opener-Policy"), path);
            Assert.True(answer.Headers.Contains("Permissions-Policy"), path);
            Assert.False(answer.Headers.Contains("Server"), path);
            Assert.False(answer.Headers.Contains("X-Powered-By"), path);
            Assert.False(answer.Headers.Contains("Access-Control-Allow-Origin"), path);
        }
    }

    [Fact]
    public async Task The_API_page_has_no_script_or_handler_of_its_own_in_its_markup()
    {
        await using var app = await GoImgApp.StartAsync();

        var html = await app.Anonymous.GetStringAsync("/api/docs/index.html", TestContext.Current.CancellationToken);

        Assert.DoesNotContain("onload=", html, StringComparison.OrdinalIgnoreCase);
        Assert.All(
            html.Split("<script").Skip(1),
            script => Assert.Contains("src=", script[..script.IndexOf('>', StringComparison.Ordinal)], StringComparison.Ordinal)
        );
    }

    [Fact]
    public async Task Cookies_are_host_bound_and_secure_on_an_https_site_and_http_only_everywhere()
    {
        await using var https = await GoImgApp.StartAsync("Site:BaseUrl=https://images.example.org");
        await using var http = await GoImgApp.StartAsync();

        var secure = await CookiesOfAsync(https);
        var plain = await CookiesOfAsync(http);

        Assert.All(secure, cookie => Assert.StartsWith("__Host-goimg-", cookie, StringComparison.Ordinal));
        Assert.All(secure, cookie => Assert.Contains("; secure", cookie, StringComparison.OrdinalIgnoreCase));
        Assert.All(plain, cookie => Assert.StartsWith("goimg-", cookie, StringComparison.Ordinal));
        Assert.All(secure.Concat(plain), cookie => Assert.Contains("; samesite=lax; httponly", cookie, StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public async Task Another_sites_page_can_not_open_a_circuit()
    {
        await using var app = await GoImgApp.StartAsync();
        var ana = await app.SignUpAsync("ana");
        using var request = new HttpRequestMessage(HttpMethod.Post, "/_blazor/negotiate?negotiateVersion=1");
        request.Headers.Add("Origin", "https://evil.example");

        using var answer = await ana.Http.SendAsync(request, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
    }

    [Fact]
    public async Task A_Host_header_that_is_not_the_sites_is_refused()
    {
        await using var app = await GoImgApp.StartAsync("Site:BaseUrl=https://images.example.org");
        using var request = new HttpRequestMessage(HttpMethod.Get, "/sign-in");
        request.Headers.Host = "evil.example";

        using var answer = await app.Anonymous.SendAsync(request, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }

    private static async Task<List<string>> CookiesOfAsync(GoImgApp app)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/sign-in");
        using var answer = await app.Anonymous.SendAsync(request, TestContext.Current.CancellationToken);
        return [.. answer.Headers.GetValues("Set-Cookie")];
    }
}
