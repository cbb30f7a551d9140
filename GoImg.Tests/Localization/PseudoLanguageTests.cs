using GoImg.Core.Accounts;
using GoImg.Tests.Browser;
using GoImg.Tests.Harness;
using static Microsoft.Playwright.Assertions;

namespace GoImg.Tests.Localization;

/// <summary>Every page in a language in which each text is marked and longer: nothing is said in English alone, and nothing runs out of the window.</summary>
public sealed class PseudoLanguageTests
{
    // What stands on pages and is no text of GoImg: names, words of members, and what is called the same everywhere.
    private static readonly string[] Known =
    [
        "GoImg",
        "ana",
        "ben",
        "mia",
        "zoe",
        "Sea",
        "sea",
        "test.png",
        "test",
        "nothing of that name",
        "English (XA)",
        "English (Pseudo-Accents)",
        "English",
        "HTML",
        "Markdown",
        "BBCode",
        "PNG",
        "Ctrl",
        "Esc",
        "Del",
        "example.org",
        // Stored in the audit log as what happened.
        "active → active",
    ];

    private const string Unmarked = """
        known => {
          known = [...known, navigator.userAgent].sort((a, b) => b.length - a.length);
          const faults = new Set();
          const id = /[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g;
          const isText = text => /\p{L}{2,}/u.test(known.reduce((rest, word) => rest.replaceAll(word, " "), text.replaceAll(id, " ")));
          let depth = 0;
          const outside = text => [...text].filter(c => c === "«" ? (depth++, false) : c === "»" ? (depth--, false) : depth === 0).join("");
          const attribute = (element, name) => {
            depth = 0;
            const text = element.getAttribute(name) ?? "";
            if (isText(outside(text))) faults.add(`${name}="${text}"`);
          };
          attribute({ getAttribute: () => document.title }, "title of the page");
          for (const element of document.body.querySelectorAll("*:not(time)"))
            for (const name of ["aria-label", "title", "placeholder", "alt", "data-copied"]) attribute(element, name);
          depth = 0;
          const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
          while (texts.nextNode()) {
            const { data, parentElement } = texts.currentNode;
            // The system's parts are told in the words that goimg doctor has for operators.
            if (parentElement.closest("script, style, code, kbd, textarea, [name=action], #parts :not(.badge)")) continue;
            const rest = outside(data);
            if (isText(rest)) faults.add(data.trim());
          }
          if (depth !== 0) faults.add(`A text has ${depth} marks too many.`);
          return [...faults];
        }
        """;

    // But for what scrolls by itself.
    private const string TooWide = """
        () => {
          function* ancestors(e) { for (e = e.parentElement; e && e !== document.body; e = e.parentElement) yield e; }
          return document.documentElement.scrollWidth <= 390 ? []
          : [...document.body.querySelectorAll("*")]
            .filter(e => e.checkVisibility() && e.getBoundingClientRect().right > 390.5 && ![...ancestors(e)].some(up => getComputedStyle(up).overflowX !== "visible"))
            .map(e => `${e.tagName.toLowerCase()}.${e.className} ${Math.round(e.getBoundingClientRect().right)}`)
            .slice(0, 5)
            .concat(`${document.documentElement.scrollWidth} wide`);
        }
        """;

    [Fact]
    public async Task A_text_that_is_in_no_resource_is_found()
    {
        await using var app = await GoImgApp.StartAsync();
        await using var window = await OpenAsync(app, await Harness.Browser.OpenAsync(app, isPhone: true));
        await window.GoAsync("/about");
        await window.Page.EvaluateAsync(
            "document.querySelector('main').insertAdjacentHTML('beforeend', '<p>Not <b>«marked» yet</b></p><img alt=\"A cat\"><p style=\"width: 500px\">«wide»</p>')"
        );

        Assert.Equal(["alt=\"A cat\"", "Not", "«marked» yet"], await window.Page.EvaluateAsync<string[]>(Unmarked, Known));
        Assert.Contains(
            "p. ",
            Assert.Single(await TooWideAsync(window), fault => fault.StartsWith("p.", StringComparison.Ordinal)),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Every_page_of_visitors_and_members_is_in_the_reader_s_language_and_fits_a_phone()
    {
        await using var app = await GoImgApp.StartAsync();
        var (ana, gallery) = await EveryPageTests.GalleryAsync(app);
        await using var visitor = await OpenAsync(app, await Harness.Browser.OpenAsync(app, isPhone: true));
        await using var member = await OpenAsync(app, await Harness.Browser.OpenAsync(ana, isPhone: true));
        await using var admin = await OpenAsync(app, await Harness.Browser.OpenAsync(await app.SignUpAsync("mia", Role.Admin), isPhone: true));

        var found = await Task.WhenAll(
            FaultsAsync(visitor, SitePages.Visitor, gallery),
            FaultsAsync(member, SitePages.Member, gallery),
            FaultsAsync(admin, SitePages.Staff, gallery)
        );
        var faults = found.SelectMany(some => some).ToList();
        Assert.True(faults.Count == 0, string.Join('\n', faults));
    }

    [Fact]
    public async Task What_scripts_and_the_live_tray_say_is_in_the_reader_s_language()
    {
        await using var app = await GoImgApp.StartAsync();
        await using var window = await OpenAsync(app, await Harness.Browser.OpenAsync(await app.SignUpAsync("ana"), isPhone: true));
        await window.GoAsync("/upload");
        await window.DropAsync(("sea.png", Pictures.Png()));
        await Expect(window.Find(".tray-foot button[aria-pressed]")).ToBeVisibleAsync();
        Assert.Empty(await window.Page.EvaluateAsync<string[]>(Unmarked, Known));
        await window.DropAsync(("test", "These are words."u8.ToArray()));
        await Expect(window.Find(".tray-row.is-problem")).ToHaveCountAsync(1);
        Assert.Empty(await window.Page.EvaluateAsync<string[]>(Unmarked, Known));

        await window.GoAsync("/library");
        await window.Find(".pick input").First.CheckAsync();
        await Expect(window.Find("[data-select-count]")).ToContainTextAsync("«");
        Assert.Empty(await window.Page.EvaluateAsync<string[]>(Unmarked, Known));
    }

    private static async Task<BrowserPage> OpenAsync(GoImgApp app, BrowserPage window)
    {
        PseudoLanguage.Offer(app);
        // What was said when they signed up, before they chose a language.
        await window.Page.Context.ClearCookiesAsync(new() { Name = "flash" });
        await window.Page.Context.AddCookiesAsync([
            new()
            {
                Name = "language",
                Value = PseudoLanguage.Name,
                Url = app.Address.ToString(),
            },
        ]);
        return window;
    }

    private static async Task<List<string>> FaultsAsync(BrowserPage window, string[] pages, EveryPageTests.Slugs gallery)
    {
        window.Expect("status of 404");
        var faults = new List<string>();
        foreach (var page in pages)
        {
            await window.GoAsync(gallery.Fill(page));
            faults.AddRange((await window.Page.EvaluateAsync<string[]>(Unmarked, Known)).Select(fault => $"{page}: {fault}"));
            faults.AddRange((await TooWideAsync(window)).Select(fault => $"{page} is too wide: {fault}"));
        }

        return faults;
    }

    private static Task<string[]> TooWideAsync(BrowserPage window) => window.Page.EvaluateAsync<string[]>(TooWide);
}
