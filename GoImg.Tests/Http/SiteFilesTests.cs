using GoImg.Tests.Harness;

namespace GoImg.Tests.Http;

public sealed class SiteFilesTests(SharedApp shared) : IClassFixture<SharedApp>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Crawlers_find_their_rules_and_browsers_their_icon()
    {
        using var robots = await shared.App.Anonymous.GetAsync("/robots.txt", Ct);
        using var icon = await shared.App.Anonymous.GetAsync("/favicon.ico", Ct);

        Assert.Equal("text/plain", robots.Content.Headers.ContentType?.MediaType);
        var rules = await robots.Content.ReadAsStringAsync(Ct);
        Assert.StartsWith("User-agent: *\nDisallow: /account\n", rules, StringComparison.Ordinal);
        Assert.DoesNotContain("/i/", rules, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, icon.StatusCode);
        Assert.Equal([0, 0, 1, 0], (await icon.Content.ReadAsByteArrayAsync(Ct))[..4]);
    }

    [Fact]
    public async Task No_page_repeats_a_host_that_the_asker_made_up()
    {
        var image = await (await shared.SignUpAsync("ana")).HasImageAsync();
        foreach (var path in new[] { "/", $"/i/{image.Slug}", "/library", "/sign-in", "/no-such-page", "/search?q=a" })
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, path);
            request.Headers.Host = "evil.example";

            using var answer = await shared.App.Anonymous.SendAsync(request, Ct);

            Assert.DoesNotContain("evil.example", await answer.Content.ReadAsStringAsync(Ct), StringComparison.Ordinal);
            Assert.DoesNotContain("evil.example", answer.Headers.Location?.OriginalString ?? "", StringComparison.Ordinal);
        }
    }
}
