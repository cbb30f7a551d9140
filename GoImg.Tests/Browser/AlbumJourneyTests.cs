using System.Text.RegularExpressions;
using GoImg.Core.Albums;
using GoImg.Core.Images;
using GoImg.Core.Shared;
using GoImg.Tests.Harness;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace GoImg.Tests.Browser;

[Trait("Duration", "long")]
public sealed class AlbumJourneyTests(SharedApp shared) : IClassFixture<SharedApp>
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Images_are_put_in_order_by_dragging_and_by_keys_with_one_request_a_move()
    {
        var (ana, slug, titles) = await HasAlbumAsync(6);
        await using var window = await Harness.Browser.OpenAsync(ana);
        await window.GoAsync($"/a/{slug}/arrange");
        await window.AssertAccessibleAsync();
        var moves = 0;
        window.Page.Request += (_, request) => moves += request.Url.EndsWith("/place", StringComparison.Ordinal) ? 1 : 0;

        // The first behind the fifth, with the mouse.
        await window.Page.RunAndWaitForResponseAsync(
            async () =>
            {
                await window.Find(".arrange-picture").Nth(0).HoverAsync();
                await window.Page.Mouse.DownAsync();
                var there = (await window.Find(".arrange-picture").Nth(4).BoundingBoxAsync())!;
                await window.Page.Mouse.MoveAsync(there.X + (there.Width / 2), there.Y + (there.Height / 2), new() { Steps = 8 });
                await window.Page.Mouse.UpAsync();
            },
            answer => answer.Url.EndsWith("/place", StringComparison.Ordinal)
        );
        Assert.Equal([titles[1], titles[2], titles[3], titles[4], titles[0], titles[5]], await TitlesAsync(window));

        // The last to the front, with the keyboard; the focus stays on it.
        await window.Page.RunAndWaitForResponseAsync(
            async () =>
            {
                await window.Find(".arrange-handle").Nth(5).FocusAsync();
                await window.Page.Keyboard.PressAsync("Space");
                await window.Page.Keyboard.PressAsync("ArrowLeft");
                await window.Page.Keyboard.PressAsync("Home");
                await window.Page.Keyboard.PressAsync("Space");
            },
            answer => answer.Url.EndsWith("/place", StringComparison.Ordinal)
        );
        await Expect(window.Find(".arrange-handle").Nth(0)).ToBeFocusedAsync();
        await Expect(window.Find("[data-arrange-status]")).ToHaveTextAsync($"{titles[5]} is at place 1 of 6 now.");

        await window.GoAsync($"/a/{slug}/arrange");
        Assert.Equal([titles[5], titles[1], titles[2], titles[3], titles[4], titles[0]], await TitlesAsync(window));
        Assert.Equal(2, moves);
    }

    [Fact]
    public async Task Escape_puts_a_lifted_image_back_and_asks_for_nothing()
    {
        var (ana, slug, titles) = await HasAlbumAsync(3);
        await using var window = await Harness.Browser.OpenAsync(ana);
        await window.GoAsync($"/a/{slug}/arrange");
        var moves = 0;
        window.Page.Request += (_, request) => moves += request.Url.EndsWith("/place", StringComparison.Ordinal) ? 1 : 0;

        await window.Find(".arrange-handle").Nth(0).FocusAsync();
        await window.Page.Keyboard.PressAsync("Space");
        await window.Page.Keyboard.PressAsync("End");
        await window.Page.Keyboard.PressAsync("Escape");

        Assert.Equal(titles, await TitlesAsync(window));
        Assert.Equal(0, moves);
    }

    [Fact]
    public async Task An_album_is_made_of_chosen_images_shared_and_its_private_ones_shown_and_taken_back()
    {
        var ana = await shared.SignUpAsync("ana");
        for (var i = 1; i <= 3; i++)
            await ana.HasImageAsync(Visibility.Private, seed: i);
        await using var window = await Harness.Browser.OpenAsync(ana);
        await window.GoAsync("/library");

        await window.Page.Keyboard.PressAsync("Control+a");
        Assert.Equal(1, await window.Page.GetByText("Add to album").CountAsync());
        await window.Page.GetByText("Add to album").ClickAsync();
        await window.Page.GetByLabel("New album").FillAsync("Holiday");
        await window.AssertAccessibleAsync();
        await window.Page.GetByRole(AriaRole.Button, new() { Name = "Create with the chosen images" }).ClickAsync();
        await Expect(window.Page.GetByRole(AriaRole.Heading, new() { Name = "Holiday" })).ToBeVisibleAsync();
        await Expect(window.Find(".tile")).ToHaveCountAsync(3);

        await window.Page.GetByText("Share", new() { Exact = true }).ClickAsync();
        await window.Page.GetByRole(AriaRole.Link, new() { Name = "Change who can see it" }).ClickAsync();
        await window.Page.GetByLabel("Anyone with the link").CheckAsync();
        await window.Page.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();

        await Expect(window.Page.GetByText("3 images in it are private")).ToBeVisibleAsync();
        await window.AssertAccessibleAsync();
        await window.Page.GetByRole(AriaRole.Button, new() { Name = "Show them too" }).ClickAsync();
        await Expect(window.Page.GetByText("3 images in it are private")).ToBeHiddenAsync();
        await window.Page.GetByRole(AriaRole.Button, new() { Name = "Undo" }).ClickAsync();
        await Expect(window.Find("[data-toasts]")).ToContainTextAsync("3 images are as they were.");
    }

    [Fact]
    public async Task Leaving_a_changed_form_asks_first_and_saving_does_not()
    {
        var (ana, slug, _) = await HasAlbumAsync(1);
        await using var window = await Harness.Browser.OpenAsync(ana);
        await window.GoAsync($"/a/{slug}/edit");
        var asked = new List<string>();
        window.Page.Dialog += async (_, dialog) =>
        {
            asked.Add(dialog.Message);
            await dialog.DismissAsync();
        };

        await window.Page.GetByLabel("Title").FillAsync("Another");
        await window.Page.GetByRole(AriaRole.Link, new() { Name = "Cancel" }).ClickAsync();
        await Expect(window.Page).ToHaveURLAsync(new Regex("/edit$", RegexOptions.None, TimeSpan.FromSeconds(1)));
        await window.Page.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        await Expect(window.Page.GetByRole(AriaRole.Heading, new() { Name = "Another" })).ToBeVisibleAsync();

        Assert.Equal(["You have changes that are not saved. Leave without saving?"], asked);
    }

    private async Task<(MemberClient Owner, string Slug, string[] Titles)> HasAlbumAsync(int images)
    {
        var ana = await shared.SignUpAsync("ana");
        var ids = new List<ImageId>();
        for (var i = 1; i <= images; i++)
            ids.Add((await ana.HasImageAsync(seed: i)).Id);
        foreach (var (id, i) in ids.Select((id, i) => (id, i)))
            await shared.App.ExecuteSqlAsync($"UPDATE images SET title = 'Picture {i}' WHERE id = '{id}'");
        var details = AlbumDetails.Create("Sea", "", Visibility.Public, AlbumOrder.Manual).Value();
        var album = (await shared.App.InScopeAsync<AlbumService, Result<Album>>(s => s.CreateAsync(ana.Actor, details, ids, Stop))).Value();
        return (ana, album.Slug, [.. ids.Select((_, i) => $"Picture {i}")]);
    }

    private static async Task<IReadOnlyList<string>> TitlesAsync(BrowserPage window) => await window.Find(".arrange-name").AllInnerTextsAsync();
}
