using GoImg.Core.Accounts;
using GoImg.Tests.Harness;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace GoImg.Tests.Browser;

[Trait("Duration", "long")]
public sealed class ModerationJourneyTests
{
    [Fact]
    public async Task A_reported_image_is_removed_gone_everywhere_and_back_after_undo()
    {
        await using var app = await GoImgApp.StartAsync();
        var ana = await app.SignUpAsync("ana");
        var image = await ana.HasImageAsync();
        var bo = await app.SignUpAsync("ben");
        var mo = await app.SignUpAsync("mia", Role.Moderator);

        await using var reporter = await Harness.Browser.OpenAsync(bo);
        await reporter.GoAsync($"/report/{image.Slug}");
        await reporter.Page.GetByRole(AriaRole.Button, new() { Name = "Send the report" }).ClickAsync();
        await Expect(reporter.Page.GetByRole(AriaRole.Heading, new() { Name = "Thank you" })).ToBeVisibleAsync();

        await using var moderator = await Harness.Browser.OpenAsync(mo);
        await moderator.GoAsync("/moderation");
        await moderator.AssertAccessibleAsync();
        await moderator.Page.GetByRole(AriaRole.Button, new() { Name = "Remove" }).First.ClickAsync();
        await moderator.Page.WaitForLoadStateAsync();
        await AssertSeenByStrangersAsync(app, image.Slug, isSeen: false);

        await using var owner = await Harness.Browser.OpenAsync(ana);
        await owner.GoAsync($"/i/{image.Slug}");
        await Expect(owner.Page.Locator("main")).ToContainTextAsync("moderator");
        await ana.NotificationsAsync(1);
        await owner.GoAsync("/account/decisions");
        await Expect(owner.Page.Locator("main")).ToContainTextAsync("A test");

        await moderator.GoAsync("/moderation/decisions");
        await moderator.Page.Locator("#decisions").GetByRole(AriaRole.Button, new() { Name = "Undo" }).First.ClickAsync();
        await Expect(moderator.Page.Locator("#decisions")).ToContainTextAsync("Undone");
        await AssertSeenByStrangersAsync(app, image.Slug, isSeen: true);
    }

    private static async Task AssertSeenByStrangersAsync(GoImgApp app, string slug, bool isSeen)
    {
        var token = TestContext.Current.CancellationToken;
        foreach (var path in new[] { "", "/thumb", "/small", "/medium", "/large", "/xlarge" })
            Assert.Equal(isSeen ? HttpStatusCode.OK : HttpStatusCode.NotFound, (await app.Anonymous.GetAsync($"/i/{slug}{path}", token)).StatusCode);
        foreach (var list in new[] { "/explore", "/search?q=test", "/u/ana" })
            Assert.Equal(
                isSeen,
                (await (await app.Anonymous.GetAsync(list, token)).Content.ReadAsStringAsync(token)).Contains($"/i/{slug}", StringComparison.Ordinal)
            );
    }
}
