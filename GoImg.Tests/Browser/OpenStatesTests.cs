using GoImg.Core.Accounts;
using GoImg.Tests.Harness;
using static Microsoft.Playwright.Assertions;

namespace GoImg.Tests.Browser;

/// <summary>What opens on a page, and the page at the sizes of all screens: one signed-in walk over all pages.</summary>
[Trait("Duration", "long")]
public sealed class OpenStatesTests
{
    private static IEnumerable<string> Pages => SitePages.Member.Concat(SitePages.Staff).Distinct();

    [Fact]
    public async Task Menus_dialogs_and_the_tray_pass_axe_on_every_page()
    {
        await using var app = await GoImgApp.StartAsync();
        var (_, gallery) = await EveryPageTests.GalleryAsync(app);
        await using var window = await Harness.Browser.OpenAsync(await app.SignUpAsync("mia", Role.Admin));
        window.Expect("status of 404");
        await window.GoAsync("/upload");
        await window.DropAsync(("words.png", "just words"u8.ToArray()));
        await Expect(window.Find(".tray-row.is-problem")).ToBeVisibleAsync();

        var faults = new List<string>();
        foreach (var page in Pages)
        {
            await window.GoAsync(gallery.Fill(page));
            await Expect(window.Find(".tray-row.is-problem")).ToBeVisibleAsync();
            faults.AddRange((await window.OpenedFaultsAsync()).Select(fault => $"{page}: {fault}"));
        }

        Assert.True(faults.Count == 0, string.Join('\n', faults));
    }

    [Fact]
    public async Task Menus_and_dialogs_of_visitors_pass_axe_on_a_phone()
    {
        await using var app = await GoImgApp.StartAsync();
        var (_, gallery) = await EveryPageTests.GalleryAsync(app);
        await using var window = await Harness.Browser.OpenAsync(app, isPhone: true);
        window.Expect("status of 404");

        var faults = new List<string>();
        foreach (var page in SitePages.Visitor)
        {
            await window.GoAsync(gallery.Fill(page));
            faults.AddRange((await window.OpenedFaultsAsync()).Select(fault => $"{page}: {fault}"));
        }

        Assert.True(faults.Count == 0, string.Join('\n', faults));
    }

    [Fact]
    public async Task Every_page_fits_from_a_small_phone_to_a_wall_and_takes_large_text()
    {
        await using var app = await GoImgApp.StartAsync();
        var (_, gallery) = await EveryPageTests.GalleryAsync(app);
        await using var window = await Harness.Browser.OpenAsync(await app.SignUpAsync("mia", Role.Admin), isPhone: true);
        window.Expect("status of 404");

        var faults = new List<string>();
        foreach (var page in Pages)
        {
            await window.Page.SetViewportSizeAsync(320, 700);
            await window.GoAsync(gallery.Fill(page));
            faults.AddRange((await window.Page.EvaluateAsync<string[]>(TooSmall)).Select(fault => $"{page}: {fault}"));
            foreach (var (width, text) in new[] { (320, "200%"), (320, "100%"), (1440, "200%"), (3840, "100%") })
            {
                await window.Page.SetViewportSizeAsync(width, 900);
                var over = await window.Page.EvaluateAsync<int>(
                    "text => { document.documentElement.style.fontSize = text; return document.documentElement.scrollWidth - innerWidth; }",
                    text
                );
                if (over > 0)
                    faults.Add($"{page}: {over} px too wide at {width} px with {text} text");
            }
        }

        Assert.True(faults.Count == 0, string.Join('\n', faults));
    }

    // What can be pressed and is as large as a finger's end; links in running text are as large as their words.
    private const string TooSmall = """
        () => [...document.querySelectorAll("main :is(.button:not(.button-link), .tabs a, select, .input, .choice, .check, summary)")]
          .filter(e => e.checkVisibility() && e.getBoundingClientRect().height < 43.5)
          .map(e => `${e.outerHTML.slice(0, 80)} ${e.getBoundingClientRect().height} px high`)
        """;
}
