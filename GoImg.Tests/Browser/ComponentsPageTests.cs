using System.Collections.Concurrent;
using GoImg.Core.Accounts;
using GoImg.Tests.Harness;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace GoImg.Tests.Browser;

/// <summary>The page of all components, for developers: in a browser, by keyboard, in both themes.</summary>
[Trait("Duration", "long")]
public sealed class ComponentsPageTests
{
    private const string Development = "environment=Development";

    [Fact]
    public async Task Only_developers_have_it()
    {
        await using var app = await GoImgApp.StartAsync();
        await using var development = await app.BesideAsync(Development);

        Assert.Equal(HttpStatusCode.NotFound, (await app.Anonymous.GetAsync("/dev/ui")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await (await app.SignUpAsync("mia", Role.Admin)).GetAsync("/dev/ui")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await development.Anonymous.GetAsync("/dev/ui")).StatusCode);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Every_component_passes_axe_and_loads_nothing_of_MudBlazor(bool isPhone)
    {
        await using var app = await GoImgApp.StartAsync(Development);
        await using var window = await Harness.Browser.OpenAsync(app, isPhone);
        var asked = new ConcurrentQueue<string>();
        window.Page.Request += (_, request) => asked.Enqueue(request.Url);
        await window.GoAsync("/dev/ui");

        await window.AssertAccessibleAsync();
        await window.Page.GetByText("Visibility").First.ClickAsync();
        await window.AssertAccessibleAsync();

        Assert.DoesNotContain(asked, url => url.Contains("mud", StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public async Task On_a_small_phone_with_large_text_nothing_is_cut_off_and_everything_to_press_is_as_large_as_a_finger()
    {
        await using var app = await GoImgApp.StartAsync(Development);
        await using var window = await Harness.Browser.OpenAsync(app, isPhone: true);
        await window.Page.SetViewportSizeAsync(320, 700);
        await window.GoAsync("/dev/ui");

        var small = await window.Page.EvaluateAsync<string[]>(
            """
            () => [...document.querySelectorAll(".sample-theme :is(.button:not(.button-link), a.tag, .tabs a, select, .input, .choice, .check)")]
              .filter(e => e.checkVisibility() && e.getBoundingClientRect().height < 44)
              .map(e => `${e.outerHTML.slice(0, 80)} ${e.getBoundingClientRect().height}`)
            """
        );
        await window.Page.AddStyleTagAsync(new() { Content = "html { font-size: 200% }" });

        Assert.Empty(small);
        Assert.Equal(0, await window.Page.EvaluateAsync<int>("document.documentElement.scrollWidth - innerWidth"));
    }

    [Fact]
    public async Task A_menu_is_gone_through_with_the_arrows_and_left_with_Escape()
    {
        await using var app = await GoImgApp.StartAsync(Development);
        await using var window = await Harness.Browser.OpenAsync(app);
        await window.GoAsync("/dev/ui");
        var menu = window.Find("details.menu-local").First;
        await menu.Locator("summary").FocusAsync();

        await window.Page.Keyboard.PressAsync("ArrowDown");
        await Expect(menu.GetByText("Everyone")).ToBeFocusedAsync();
        await window.Page.Keyboard.PressAsync("ArrowDown");
        await Expect(menu.GetByText("Only you")).ToBeFocusedAsync();
        await window.Page.Keyboard.PressAsync("Escape");

        await Expect(menu.Locator("summary")).ToBeFocusedAsync();
        await Expect(menu.GetByText("Everyone")).ToBeHiddenAsync();
    }

    [Fact]
    public async Task The_last_word_of_a_line_of_tags_is_completed_from_those_it_has_not()
    {
        await using var app = await GoImgApp.StartAsync(Development);
        await using var window = await Harness.Browser.OpenAsync(await app.SignUpAsync("ana"));
        await window.GoAsync("/dev/ui");

        await window.Find("#f-light-tags").FillAsync("sea, b");

        await Expect(window.Find("#f-light-tags-list option")).ToHaveCountAsync(3);
        Assert.Equal("sea, boat", await window.Find("#f-light-tags-list option").First.GetAttributeAsync("value"));
    }

    [Fact]
    public async Task In_an_island_they_come_alive_and_pass_axe_as_well()
    {
        await using var app = await GoImgApp.StartAsync(Development);
        await using var window = await Harness.Browser.OpenAsync(await app.SignUpAsync("ana"));
        await window.GoAsync("/dev/ui?view=island");
        await window.Page.GetByRole(AriaRole.Button, new() { Name = "Pressed 0 times" }).ClickAsync();
        await Expect(window.Page.GetByText("Pressed 1 times")).ToBeVisibleAsync();
        await window.AssertAccessibleAsync();

        await window.Page.GetByText("Sort by").ClickAsync();
        await window.Page.GetByRole(AriaRole.Button, new() { Name = "Name", Exact = true }).ClickAsync();
        await Expect(window.Page.GetByText("By name.")).ToBeVisibleAsync();

        await window.Page.GetByLabel("Tags", new() { Exact = true }).Last.FillAsync("bo");
        await window.Page.Locator(".mud-popover-open").GetByText("boat").ClickAsync();
        await Expect(window.Find("[data-values]")).ToContainTextAsync("sea, winter, boat");
        await window.Page.GetByLabel("Taken on").FillAsync("2024-02-29");
        await window.Page.GetByLabel("Taken on").PressAsync("Tab");
        await Expect(window.Find("[data-values]")).ToContainTextAsync("2024-02-29 · ");
    }

    [Fact]
    public async Task An_island_s_dialog_holds_the_focus_and_gives_it_back()
    {
        await using var app = await GoImgApp.StartAsync(Development);
        await using var window = await Harness.Browser.OpenAsync(await app.SignUpAsync("ana"));
        await window.GoAsync("/dev/ui?view=island");
        var opener = window.Page.GetByRole(AriaRole.Button, new() { Name = "Open a dialog" });
        await opener.FocusAsync();
        await window.Page.Keyboard.PressAsync("Enter");
        var dialog = window.Page.GetByRole(AriaRole.Dialog, new() { Name = "Delete the album?" });
        await Expect(dialog).ToBeVisibleAsync();
        await window.AssertAccessibleAsync();
        for (var i = 0; i < 6; i++)
        {
            await window.Page.Keyboard.PressAsync("Tab");
            Assert.True(await dialog.EvaluateAsync<bool>("dialog => dialog.closest('.mud-dialog-container').contains(document.activeElement)"));
        }

        await window.Page.Keyboard.PressAsync("Escape");

        await Expect(dialog).ToBeHiddenAsync();
        await Expect(opener).ToBeFocusedAsync();
    }
}
