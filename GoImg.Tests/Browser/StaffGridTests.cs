using GoImg.Core.Accounts;
using GoImg.Tests.Harness;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace GoImg.Tests.Browser;

/// <summary>The staff's grids with more rows than one reading brings, by keyboard and by mouse.</summary>
[Trait("Duration", "long")]
public sealed class StaffGridTests
{
    [Fact]
    public async Task Members_are_sorted_by_keyboard_and_scrolled_below_a_heading_that_stays()
    {
        await using var app = await GoImgApp.StartAsync();
        await HasMembersAsync(app, 300);
        await using var window = await Harness.Browser.OpenAsync(await app.SignUpAsync("mia", Role.Admin));
        await window.GoAsync("/moderation/members?view=grid");
        var frame = window.Page.GetByRole(AriaRole.Region, new() { Name = "Members" });
        await Expect(frame).ToContainTextAsync("person001");

        await frame.FocusAsync();
        await window.Page.Keyboard.PressAsync("Tab");
        await window.Page.Keyboard.PressAsync("Tab");
        await Expect(Heading(window, "Email")).ToBeFocusedAsync();
        await window.Page.Keyboard.PressAsync("Enter");
        await Expect(Column(window, "Email")).ToHaveAttributeAsync("aria-sort", "ascending");
        await Expect(Row(frame, 0)).ToContainTextAsync("a202@example.org");
        await window.Page.Keyboard.PressAsync("Space");
        await Expect(Column(window, "Email")).ToHaveAttributeAsync("aria-sort", "descending");
        await Expect(Row(frame, 0)).ToContainTextAsync("mia@example.org");

        await frame.FocusAsync();
        await window.Page.Keyboard.PressAsync("End");
        await Expect(frame).ToContainTextAsync("a202@example.org");
        await window.AssertAccessibleAsync();
        var (frameBox, headBox) = ((await frame.BoundingBoxAsync())!, (await Column(window, "Email").BoundingBoxAsync())!);
        Assert.InRange(headBox.Y - frameBox.Y, 0, 2);
        Assert.InRange(await frame.Locator("tbody tr").CountAsync(), 10, 80);
    }

    [Fact]
    public async Task A_second_column_sorts_what_the_first_leaves_equal_also_in_what_is_loaded_later()
    {
        await using var app = await GoImgApp.StartAsync();
        await HasMembersAsync(app, 150);
        await using var window = await Harness.Browser.OpenAsync(await app.SignUpAsync("mia", Role.Admin));
        await window.GoAsync("/moderation/members?view=grid");
        var frame = window.Page.GetByRole(AriaRole.Region, new() { Name = "Members" });
        await Expect(window.Page.GetByText("The first 100 members")).ToBeVisibleAsync();

        await Heading(window, "Role").ClickAsync();
        await Expect(Column(window, "Role")).ToHaveAttributeAsync("aria-sort", "ascending");
        await Heading(window, "Email").ClickAsync();
        await Expect(Row(frame, 0)).ToContainTextAsync("a052@example.org");
        await window.Page.GetByRole(AriaRole.Button, new() { Name = "Load more" }).ClickAsync();
        await Expect(window.Page.GetByText("151 members.")).ToBeVisibleAsync();

        await Expect(Row(frame, 0)).ToContainTextAsync("a001@example.org");
        await frame.FocusAsync();
        await window.Page.Keyboard.PressAsync("End");
        await Expect(frame.Locator("tbody tr:has(a)").Last).ToContainTextAsync("mia@example.org");
    }

    [Fact]
    public async Task A_third_press_leaves_a_column_out_again_and_an_edge_that_is_dragged_makes_room()
    {
        await using var app = await GoImgApp.StartAsync();
        await HasMembersAsync(app, 3);
        await using var window = await Harness.Browser.OpenAsync(await app.SignUpAsync("mia", Role.Admin));
        await window.GoAsync("/moderation/members?view=grid");
        var frame = window.Page.GetByRole(AriaRole.Region, new() { Name = "Members" });
        await Heading(window, "Email").ClickAsync();
        await Expect(Row(frame, 0)).ToContainTextAsync("a001@example.org");
        await Heading(window, "Email").ClickAsync();
        await Expect(Row(frame, 0)).ToContainTextAsync("mia@example.org");
        await Heading(window, "Email").ClickAsync();
        await Expect(Column(window, "Email")).Not.ToHaveAttributeAsync("aria-sort", "descending");
        await Expect(Row(frame, 1)).ToContainTextAsync("person001");

        var width = (await Column(window, "Member").BoundingBoxAsync())!.Width;
        var edge = (await window.Find(".mud-resizer").First.BoundingBoxAsync())!;
        await window.Page.Mouse.MoveAsync(edge.X + 4, edge.Y + 4);
        await window.Page.Mouse.DownAsync();
        await Expect(window.Find(".mud-resizing")).ToHaveCountAsync(1);
        await window.Page.Mouse.MoveAsync(edge.X + 54, edge.Y + 4, new() { Steps = 4 });
        await window.Page.Mouse.UpAsync();
        await Expect(window.Find(".mud-resizing")).ToHaveCountAsync(0);
        Assert.InRange((await Column(window, "Member").BoundingBoxAsync())!.Width, width + 40, width + 60);
    }

    [Fact]
    public async Task A_filter_keeps_the_grid_and_narrows_it()
    {
        await using var app = await GoImgApp.StartAsync();
        await HasMembersAsync(app, 30);
        var mia = await app.SignUpAsync("mia", Role.Admin);
        await using var window = await Harness.Browser.OpenAsync(mia);
        await window.GoAsync("/moderation/members?view=grid");
        await window.Page.GetByLabel("Name or email").FillAsync("person007");
        await window.Page.GetByRole(AriaRole.Button, new() { Name = "Find" }).ClickAsync();
        await Expect(window.Page.GetByText("1 member.")).ToBeVisibleAsync();

        await window.GoAsync("/moderation/audit?view=grid");
        await window.Page.GetByLabel("By", new() { Exact = true }).FillAsync("mia");
        await window.Page.GetByRole(AriaRole.Button, new() { Name = "Filter" }).ClickAsync();
        await Expect(window.Page.GetByRole(AriaRole.Region, new() { Name = "The log" })).ToContainTextAsync("member mia");
        await window.Page.GetByLabel("Text").FillAsync("nothing of that kind");
        await window.Page.GetByRole(AriaRole.Button, new() { Name = "Filter" }).ClickAsync();
        await Expect(window.Page.GetByText("Nothing in the log fits.")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task A_decision_is_undone_where_it_stands_and_a_job_is_discarded_after_a_question()
    {
        await using var app = await GoImgApp.StartAsync(GoImgApp.NoJobs);
        var (ana, mia) = (await app.SignUpAsync("ana"), await app.SignUpAsync("mia", Role.Admin));
        using (
            await mia.Http.PostFormAsync("/moderation", null, new() { ["about"] = $"member:{ana.Id}", ["action"] = "Suspend" }, "/moderation/decide")
        ) { }
        await app.ExecuteSqlAsync("DELETE FROM jobs");
        await app.ExecuteSqlAsync(
            """
            INSERT INTO jobs (id, kind, payload, priority, state, run_at, turn_at, attempts, created_at, finished_at, last_error)
            VALUES (gen_random_uuid(), 'images.sweep', '{}', 10, 'Dead', now(), now(), 4, now(), now(), 'no luck')
            """
        );
        await using var window = await Harness.Browser.OpenAsync(mia);

        await window.GoAsync("/moderation/decisions?view=grid");
        await window.Find(".mud-frame").GetByRole(AriaRole.Button, new() { Name = "Undo" }).ClickAsync();
        await Expect(window.Find(".mud-snackbar")).ToContainTextAsync("Undone.");
        await Expect(window.Find(".mud-frame")).ToContainTextAsync("Undone by mia");

        await app.ExecuteSqlAsync("DELETE FROM jobs WHERE kind <> 'images.sweep'");
        await window.GoAsync("/moderation/jobs?view=grid");
        var discard = window.Find(".mud-frame").GetByRole(AriaRole.Button, new() { Name = "Discard" });
        await discard.ClickAsync();
        var question = window.Page.GetByRole(AriaRole.Dialog, new() { Name = "Discard this job?" });
        await Expect(question).ToContainTextAsync("no luck");
        await question.GetByRole(AriaRole.Button, new() { Name = "Leave it" }).ClickAsync();
        await Expect(question).ToHaveCountAsync(0);
        await discard.ClickAsync();
        await question.GetByRole(AriaRole.Button, new() { Name = "Discard" }).ClickAsync();
        await Expect(window.Find(".mud-snackbar")).ToContainTextAsync("The job is forgotten.");
        await Expect(window.Page.GetByText("Nothing of this sort waits")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Around_the_grid_the_page_looks_as_without_it()
    {
        await using var app = await GoImgApp.StartAsync();
        await using var window = await Harness.Browser.OpenAsync(await app.SignUpAsync("mia", Role.Admin));
        await window.GoAsync("/moderation/members");
        var plain = await LooksAsync(window);
        await window.GoAsync("/moderation/members?view=grid");
        await Expect(window.Find(".mud-frame tbody a").First).ToBeVisibleAsync();

        Assert.Equal(plain, await LooksAsync(window));
    }

    private static ILocator Column(BrowserPage window, string name) => window.Page.GetByRole(AriaRole.Columnheader, new() { Name = name });

    private static ILocator Heading(BrowserPage window, string name) => Column(window, name).GetByRole(AriaRole.Button, new() { Name = name });

    // The first row of a virtualised table is the room for those above.
    private static ILocator Row(ILocator frame, int index) => frame.Locator("tbody tr:has(a)").Nth(index);

    /// <summary>Every computed property of bar, headline, tabs, form and footer.</summary>
    private static Task<string[]> LooksAsync(BrowserPage window) =>
        window.Page.EvaluateAsync<string[]>(
            """
            () => [...document.querySelectorAll("html, body, .bar, .bar *, h1, .tabs, .tabs *, .filters, .filters *:not([type=hidden]), .foot, .foot *")]
              .map(element => element.tagName + "." + (element.getAttribute("class") ?? "") + ": " + [...getComputedStyle(element)]
                .filter(name => !name.startsWith("--") && !/^(block-size|height|inset.*|bottom|top|perspective-origin|transform-origin)$/.test(name))
                .map(name => name + "=" + getComputedStyle(element)[name]).join(";"))
            """
        );

    private static Task<int> HasMembersAsync(GoImgApp app, int count) =>
        app.ExecuteSqlAsync(
            $"""
            INSERT INTO members (id, bio, created_at, display_name, email, role, status, username, username_key, version)
            SELECT gen_random_uuid(), '', now() - n * interval '1 hour', '', 'a' || to_char({count} + 1 - n, 'FM000') || '@example.org', 'Member', 'Active',
                   'person' || to_char(n, 'FM000'), 'person' || to_char(n, 'FM000'), 1
            FROM generate_series(1, {count}) n
            """
        );
}
