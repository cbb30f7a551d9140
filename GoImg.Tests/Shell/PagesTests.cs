using GoImg.Core.Accounts;
using GoImg.Tests.Harness;

namespace GoImg.Tests.Shell;

/// <summary>What holds for pages whatever is on them.</summary>
public sealed class PagesTests(SharedApp shared) : IClassFixture<SharedApp>
{
    [Theory]
    [InlineData("/explore?pages=abc")]
    [InlineData("/explore?pages=99999999999")]
    [InlineData("/explore?after=%00")]
    [InlineData("/search?q=x&pages=abc")]
    [InlineData("/t/photo?pages=1e9")]
    [InlineData("/u/mia?pages=-1")]
    [InlineData("/library?pages=x&visibility=odd&state=odd")]
    [InlineData("/trash?pages=x")]
    [InlineData("/trash/delete?ids=zzz&all=zzz")]
    [InlineData("/moderation?page=2147483647")]
    [InlineData("/moderation?page=x")]
    [InlineData("/moderation/members?after=x&status=odd&role=odd")]
    [InlineData("/moderation/audit?after=x&action=odd")]
    public async Task Whatever_is_typed_into_an_address_is_no_fault_of_the_server(string path)
    {
        var mia = await shared.SignUpAsync("mia", Role.Admin);

        using var answer = await mia.GetAsync(path.Replace("/u/mia", $"/u/{mia.Username}", StringComparison.Ordinal));

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    [Theory]
    [InlineData("/explore", HttpStatusCode.OK)]
    [InlineData("/sign-in", HttpStatusCode.OK)]
    [InlineData("/nothing", HttpStatusCode.NotFound)]
    [InlineData("/i/nothing", HttpStatusCode.NotFound)]
    [InlineData("/health/live", HttpStatusCode.OK)]
    public async Task HEAD_is_answered_like_GET_without_a_body(string path, HttpStatusCode expected)
    {
        var app = shared.App;
        using var request = new HttpRequestMessage(HttpMethod.Head, path);

        using var answer = await app.Anonymous.SendAsync(request, TestContext.Current.CancellationToken);

        Assert.Equal(expected, answer.StatusCode);
        Assert.Empty(await answer.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task The_error_page_asked_for_by_its_own_address_is_not_there()
    {
        var app = shared.App;

        using var answer = await app.Anonymous.GetAsync("/error", TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.DoesNotContain("broke", await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Links_on_the_page_of_an_address_that_is_not_there_lead_back_to_that_address()
    {
        var app = shared.App;

        using var answer = await app.Anonymous.GetAsync("/nothing?a=b", TestContext.Current.CancellationToken);
        var html = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);

        Assert.Contains("href=\"/nothing?a=b#main\"", html, StringComparison.Ordinal);
        Assert.Contains("/sign-in?returnUrl=%2Fnothing%3Fa%3Db", html, StringComparison.Ordinal);
        Assert.DoesNotContain("/status/404", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Visitors_pages_and_the_API_are_compressed_and_members_pages_are_not()
    {
        var app = shared.App;
        var ana = await shared.SignUpAsync("ana");

        Assert.Equal("br", await EncodingAsync(app.Anonymous, "/explore"));
        Assert.Equal("br", await EncodingAsync(app.Anonymous, "/openapi/v1.json"));
        Assert.Null(await EncodingAsync(ana.Http, "/explore"));
    }

    [Theory]
    [InlineData("/explore", "css/base")]
    [InlineData("/explore", "_framework/blazor.web")]
    [InlineData("/moderation/members?view=grid", "css/mud")]
    [InlineData("/moderation/members?view=grid", "_content/MudBlazor/MudBlazor.min")]
    public async Task Styles_and_scripts_are_compressed_and_kept_for_a_year_because_their_names_change_with_their_content(string of, string name)
    {
        var app = shared.App;
        var ana = await shared.SignUpAsync("ana", Role.Moderator);
        var page = await ana.Http.GetStringAsync(of, TestContext.Current.CancellationToken);
        var path =
            "/"
            + System
                .Text.RegularExpressions.Regex.Match(page, $"(?:href|src)=\"({System.Text.RegularExpressions.Regex.Escape(name)}\\.[^\"]+)\"")
                .Groups[1]
                .Value;
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Add("Accept-Encoding", "gzip");

        using var answer = await app.Anonymous.SendAsync(request, TestContext.Current.CancellationToken);
        var plain = await app.Anonymous.GetByteArrayAsync(path, TestContext.Current.CancellationToken);

        Assert.Equal(["gzip"], answer.Content.Headers.ContentEncoding);
        Assert.True(answer.Headers.CacheControl is { MaxAge.TotalDays: >= 365 }, answer.Headers.CacheControl?.ToString());
        Assert.True((await answer.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken)).Length < plain.Length / 2);
    }

    [Theory]
    [InlineData("/theme", "theme=dark")]
    [InlineData("/sensitive", "choice=show")]
    [InlineData("/trash/undo?at=1", "x=1")]
    public async Task What_another_site_posts_is_refused(string path, string form)
    {
        var ana = await shared.SignUpAsync("ana");
        foreach (var (header, value) in new[] { ("Origin", "https://evil.example"), ("Sec-Fetch-Site", "cross-site") })
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, path)
            {
                Content = new StringContent(form, null, "application/x-www-form-urlencoded"),
            };
            request.Headers.Add(header, value);

            using var answer = await ana.Http.SendAsync(request, TestContext.Current.CancellationToken);

            Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
            Assert.DoesNotContain(
                Cookies(answer),
                cookie => cookie.StartsWith("theme", StringComparison.Ordinal) || cookie.StartsWith("sensitive", StringComparison.Ordinal)
            );
        }
    }

    [Fact]
    public async Task Taking_back_from_the_trash_asks_for_the_form_s_token()
    {
        var ana = await shared.SignUpAsync("ana");
        using var form = new FormUrlEncodedContent([]);

        using var answer = await ana.Http.PostAsync("/trash/undo?at=1", form, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }

    private static IEnumerable<string> Cookies(HttpResponseMessage answer) =>
        answer.Headers.TryGetValues("Set-Cookie", out var cookies) ? cookies : [];

    private static async Task<string?> EncodingAsync(HttpClient client, string path)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Add("Accept-Encoding", "br, gzip");
        using var answer = await client.SendAsync(request, TestContext.Current.CancellationToken);
        return answer.Content.Headers.ContentEncoding.SingleOrDefault();
    }
}
