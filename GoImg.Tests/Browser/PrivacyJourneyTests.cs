using GoImg.Core.Images;
using GoImg.Tests.Harness;
using static Microsoft.Playwright.Assertions;

namespace GoImg.Tests.Browser;

[Trait("Duration", "long")]
public sealed class PrivacyJourneyTests
{
    private static readonly string[] Sizes = ["thumb", "small", "medium", "large", "xlarge"];

    [Fact]
    public async Task A_private_image_is_nowhere_for_a_stranger_and_whole_for_its_owner()
    {
        await using var app = await GoImgApp.StartAsync();
        var ana = await app.SignUpAsync("ana");
        var image = await ana.HasImageAsync(Visibility.Private);
        var bo = await app.SignUpAsync("ben");

        await using var owner = await Harness.Browser.OpenAsync(ana);
        await owner.GoAsync($"/i/{image.Slug}");
        await Expect(owner.Page.Locator("h1")).ToContainTextAsync("A test");

        foreach (var stranger in new[] { app.Anonymous, bo.Http })
            await AssertNowhereAsync(stranger, image);
    }

    [Fact]
    public async Task Making_an_image_private_takes_it_from_everyone_at_once()
    {
        await using var app = await GoImgApp.StartAsync();
        var ana = await app.SignUpAsync("ana");
        var image = await ana.HasImageAsync();
        foreach (var size in Sizes)
            Assert.Equal(HttpStatusCode.OK, await StatusAsync(app.Anonymous, $"/i/{image.Slug}/{size}"));

        await using var owner = await Harness.Browser.OpenAsync(ana);
        await owner.GoAsync($"/i/{image.Slug}/edit");
        await owner
            .Page.Locator("input[name=visibility][value=Private i], input[name=Visibility][value=Private i]")
            .CheckAsync(new() { Force = true });
        await owner.Page.Locator("main form button.button-primary").First.ClickAsync();
        await Expect(owner.Page).ToHaveURLAsync(new System.Text.RegularExpressions.Regex($"/i/{image.Slug}(\\?.*)?$"));

        await AssertNowhereAsync(app.Anonymous, image);
    }

    private static async Task AssertNowhereAsync(HttpClient stranger, Image image)
    {
        Assert.Equal(HttpStatusCode.NotFound, await StatusAsync(stranger, $"/i/{image.Slug}"));
        foreach (var size in Sizes)
            Assert.Equal(HttpStatusCode.NotFound, await StatusAsync(stranger, $"/i/{image.Slug}/{size}"));
        foreach (
            var path in new[]
            {
                "",
                "/status",
                "/download",
                "/variants/thumbnail",
                "/variants/small",
                "/variants/medium",
                "/variants/large",
                "/variants/xlarge",
                "/variants/original",
            }
        )
            Assert.Contains(
                await StatusAsync(stranger, $"/api/v1/images/{image.Id}{path}"),
                new[] { HttpStatusCode.NotFound, HttpStatusCode.Unauthorized }
            );
        foreach (var list in new[] { "/explore", "/search?q=test", "/u/ana", "/report/" + image.Slug })
            Assert.DoesNotContain(
                image.Slug + "/",
                await (await stranger.GetAsync(list, TestContext.Current.CancellationToken)).Content.ReadAsStringAsync(
                    TestContext.Current.CancellationToken
                ),
                StringComparison.Ordinal
            );
    }

    private static async Task<HttpStatusCode> StatusAsync(HttpClient client, string path) =>
        (await client.GetAsync(path, TestContext.Current.CancellationToken)).StatusCode;
}
