using GoImg.Core.Accounts;
using GoImg.Core.Images;
using GoImg.Tests.Harness;
using static Microsoft.Playwright.Assertions;

namespace GoImg.Tests.Browser;

/// <summary>What holds for every page there is: readable without script, accessible in both themes, no fault in the browser.</summary>
public sealed class EveryPageTests
{
    private static readonly string[] VisitorPages =
        ["/", "/explore", "/i/{image}", "/u/ana", "/u/ana/albums", "/t/sea", "/search", "/search?q=test", "/search?q=nothing+of+that+name", "/sign-in", "/register", "/about", "/about/limits", "/i/0000000000000000"];

    private static readonly string[] MemberPages =
        ["/", "/i/{image}", "/i/{image}/edit", "/upload", "/library", "/trash", "/albums/new", "/account", "/account/export", "/account/decisions", "/u/ana"];

    private static readonly string[] StaffPages =
        ["/moderation", "/moderation/decisions", "/moderation/members", "/moderation/members/ana", "/moderation/audit", "/moderation/system", "/report/{image}", "/i/{image}"];

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Pages_of_visitors_pass_axe_in_light_and_dark(bool isPhone)
    {
        await using var app = await GoImgApp.StartAsync();
        var (_, image) = await GalleryAsync(app);
        await using var window = await Harness.Browser.OpenAsync(app, isPhone);
        await AssertAccessibleAsync(window, VisitorPages, image);
    }

    [Fact]
    public async Task Pages_of_members_pass_axe_in_light_and_dark()
    {
        await using var app = await GoImgApp.StartAsync();
        var (ana, image) = await GalleryAsync(app);
        await using var window = await Harness.Browser.OpenAsync(ana);
        await AssertAccessibleAsync(window, MemberPages, image);
    }

    [Fact]
    public async Task Pages_of_staff_pass_axe_in_light_and_dark()
    {
        await using var app = await GoImgApp.StartAsync();
        var (_, image) = await GalleryAsync(app);
        await using var window = await Harness.Browser.OpenAsync(await app.SignUpAsync("mia", Role.Moderator));
        await AssertAccessibleAsync(window, StaffPages, image);
    }

    [Fact]
    public async Task Every_page_is_readable_with_script_switched_off()
    {
        await using var app = await GoImgApp.StartAsync();
        var (ana, image) = await GalleryAsync(app);

        await using (var visitor = await Harness.Browser.OpenAsync(app, hasScript: false))
            await AssertReadableAsync(visitor, VisitorPages, image);
        await using (var member = await Harness.Browser.OpenAsync(ana, hasScript: false))
            await AssertReadableAsync(member, MemberPages, image);
        await using (var staff = await Harness.Browser.OpenAsync(await app.SignUpAsync("mia", Role.Moderator), hasScript: false))
            await AssertReadableAsync(staff, StaffPages, image);
    }

    private static async Task<(MemberClient Ana, string Slug)> GalleryAsync(GoImgApp app)
    {
        var ana = await app.SignUpAsync("ana");
        var image = await ana.HasImageAsync(widthPx: 640, heightPx: 480);
        await ana.HasImageAsync(seed: 2, widthPx: 300, heightPx: 700);
        await ana.HasImageAsync(Visibility.Private, seed: 3);
        return (ana, image.Slug);
    }

    private static async Task AssertAccessibleAsync(BrowserPage window, string[] pages, string slug)
    {
        window.Expect("status of 404");
        foreach (var page in pages)
        {
            await window.GoAsync(page.Replace("{image}", slug, StringComparison.Ordinal));
            await window.AssertAccessibleAsync();
        }
    }

    private static async Task AssertReadableAsync(BrowserPage window, string[] pages, string slug)
    {
        window.Expect("status of 404");
        foreach (var page in pages)
        {
            await window.GoAsync(page.Replace("{image}", slug, StringComparison.Ordinal));
            await Expect(window.Find("h1").First).ToBeVisibleAsync();
            await Expect(window.Find("main")).ToBeVisibleAsync();
        }
    }
}
