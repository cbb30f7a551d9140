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

    [Fact]
    public async Task The_question_whether_a_ban_is_meant_takes_the_focus_gives_it_back_and_its_toast_undoes_it()
    {
        await using var app = await GoImgApp.StartAsync();
        await app.SignUpAsync("ana");
        await using var window = await Harness.Browser.OpenAsync(await app.SignUpAsync("ada", Role.Admin));
        await window.GoAsync("/moderation/members/ana");
        var ask = window.Page.GetByRole(AriaRole.Link, new() { Name = "Ban", Exact = true });
        var question = window.Page.GetByRole(AriaRole.Dialog, new() { Name = "Ban ana?" });

        await ask.ClickAsync();
        await Expect(question.GetByLabel("Why", new() { Exact = true })).ToBeFocusedAsync();
        await window.AssertAccessibleAsync();
        await window.Page.Keyboard.PressAsync("Escape");
        await Expect(question).ToBeHiddenAsync();
        await Expect(ask).ToBeFocusedAsync();

        await window.Page.Keyboard.PressAsync("Enter");
        await question.GetByRole(AriaRole.Button, new() { Name = "Ban", Exact = true }).ClickAsync();
        await Expect(question).ToBeVisibleAsync();
        await question.GetByLabel("Why", new() { Exact = true }).FillAsync("Three times the same advert.");
        await question.GetByRole(AriaRole.Button, new() { Name = "Ban", Exact = true }).ClickAsync();
        await Expect(window.Find("[data-toast]")).ToContainTextAsync("Account banned.");
        await window.Find("[data-toast]").GetByRole(AriaRole.Button, new() { Name = "Undo" }).ClickAsync();
        await Expect(window.Page.Locator("main .badge", new() { HasText = "Active" })).ToBeVisibleAsync();
    }

    [Fact]
    public async Task A_key_that_decides_needs_the_case_in_view_and_the_help_names_it()
    {
        await using var app = await GoImgApp.StartAsync();
        var (ana, ben) = (await app.SignUpAsync("ana"), await app.SignUpAsync("ben"));
        var image = await ana.HasImageAsync();
        using (await ben.Http.PostFormAsync($"/report/{image.Slug}", "report", new() { ["reason"] = "Spam" })) { }
        await using var window = await Harness.Browser.OpenAsync(await app.SignUpAsync("mia", Role.Moderator));
        await window.Page.SetViewportSizeAsync(800, 400);
        await window.GoAsync("/moderation");
        await window.Page.Keyboard.PressAsync("?");
        await Expect(window.Find("#shortcuts")).ToContainTextAsync("Mark as sensitive");
        await window.Page.Keyboard.PressAsync("Escape");

        await window.Page.EvaluateAsync("scrollTo(0, document.body.scrollHeight)");
        await window.Page.Keyboard.PressAsync("Delete");
        await Expect(window.Find("[data-case] img")).ToBeInViewportAsync(new() { Ratio = 0.5f });
        await Expect(window.Find("[data-toast]")).ToHaveCountAsync(0);
        await window.Page.Keyboard.PressAsync("Delete");
        await Expect(window.Find("[data-toast]")).ToContainTextAsync("Image removed.");
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
