using System.Text.RegularExpressions;
using GoImg.Core.Images;
using GoImg.Tests.Harness;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace GoImg.Tests.Browser;

[Trait("Duration", "long")]
public sealed class LibraryJourneyTests
{
    [Fact]
    public async Task A_range_is_chosen_tagged_moved_to_the_trash_and_taken_back()
    {
        await using var app = await GoImgApp.StartAsync();
        var ana = await app.SignUpAsync("ana");
        await HasImagesAsync(ana, 5);
        await using var window = await Harness.Browser.OpenAsync(ana);
        await window.GoAsync("/library");
        var tiles = window.Find(".tile");
        var count = window.Find("[data-select-count]");

        await tiles.Nth(0).HoverAsync();
        await tiles.Nth(0).Locator(".pick").ClickAsync();
        await tiles.Nth(2).ClickAsync(new() { Modifiers = [KeyboardModifier.Shift] });
        await tiles.Nth(4).ClickAsync(new() { Modifiers = [KeyboardModifier.Control] });
        await Expect(count).ToHaveTextAsync("4 chosen");
        await window.AssertAccessibleAsync();

        await window.Page.GetByText("Add tags").ClickAsync();
        await window.Page.GetByLabel("Tags to add").FillAsync("sea");
        await window.Page.GetByLabel("Tags to add").PressAsync("Enter");
        await Expect(window.Find("[data-toasts]")).ToContainTextAsync("Tags added to 4 images.");
        await Expect(count).ToHaveTextAsync("4 chosen");

        await window.Page.Locator("main").FocusAsync();
        await window.Page.Keyboard.PressAsync("Delete");
        await Expect(window.Find("[data-toasts]")).ToContainTextAsync("4 images moved to the trash.");
        await Expect(tiles).ToHaveCountAsync(1);
        await window.Page.GetByRole(AriaRole.Button, new() { Name = "Undo" }).ClickAsync();
        await Expect(tiles).ToHaveCountAsync(5);
    }

    [Fact]
    public async Task Esc_clears_the_selection_and_a_click_opens_the_image_again()
    {
        await using var app = await GoImgApp.StartAsync();
        var ana = await app.SignUpAsync("ana");
        await HasImagesAsync(ana, 2);
        await using var window = await Harness.Browser.OpenAsync(ana);
        await window.GoAsync("/library");

        await window.Page.Keyboard.PressAsync("Control+a");
        await Expect(window.Find(".pick :checked")).ToHaveCountAsync(2);
        await window.Page.Keyboard.PressAsync("Escape");

        await Expect(window.Find(".pick :checked")).ToHaveCountAsync(0);
        await Expect(window.Find(".selection")).ToBeHiddenAsync();
    }

    [Fact]
    public async Task Deleting_permanently_asks_first_and_empties_the_trash()
    {
        await using var app = await GoImgApp.StartAsync();
        var ana = await app.SignUpAsync("ana");
        await HasImagesAsync(ana, 3);
        await app.ExecuteSqlAsync("UPDATE images SET state_before_deletion = state, state = 'Deleted', deleted_at = now()");
        await using var window = await Harness.Browser.OpenAsync(ana);
        await window.GoAsync("/trash");
        await Expect(window.Find(".tile").First).ToContainTextAsync("Kept until");
        await window.AssertAccessibleAsync();

        await window.Find(".tile").Nth(0).HoverAsync();
        await window.Find(".tile").Nth(0).Locator(".pick").ClickAsync();
        await window.Page.GetByRole(AriaRole.Button, new() { Name = "Delete permanently" }).ClickAsync();
        await Expect(window.Page.GetByRole(AriaRole.Heading, new() { Name = "Delete this image permanently?" })).ToBeVisibleAsync();
        Assert.DoesNotContain("Token", window.Page.Url, StringComparison.Ordinal);
        await window.AssertAccessibleAsync();
        await window.Page.GetByRole(AriaRole.Button, new() { Name = "Delete permanently" }).ClickAsync();
        await Expect(window.Find(".tile")).ToHaveCountAsync(2);

        await window.Page.GetByRole(AriaRole.Link, new() { Name = "Empty the trash" }).ClickAsync();
        await window.Page.GetByRole(AriaRole.Button, new() { Name = "Delete permanently" }).ClickAsync();
        await Expect(window.Page.GetByText("The trash is empty")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Without_script_images_are_chosen_and_changed_by_a_plain_form()
    {
        await using var app = await GoImgApp.StartAsync();
        var ana = await app.SignUpAsync("ana");
        var images = await HasImagesAsync(ana, 2);
        await using var window = await Harness.Browser.OpenAsync(ana, hasScript: false);
        await window.GoAsync("/library");

        await window.Find(".pick input").First.CheckAsync();
        await window.Page.GetByText("Visibility", new() { Exact = true }).ClickAsync();
        await window.Page.GetByRole(AriaRole.Button, new() { Name = "Everyone" }).ClickAsync();

        await Expect(window.Page).ToHaveURLAsync(new Regex("/library$"));
        await Expect(window.Find("[data-toasts]")).ToContainTextAsync("1 image everyone can see now.");
        Assert.Equal(Visibility.Public, (await app.FindImageAsync(images[1].Id))!.Visibility);
        Assert.Equal(Visibility.Private, (await app.FindImageAsync(images[0].Id))!.Visibility);
    }

    [Fact]
    public async Task A_page_with_an_image_on_its_way_is_drawn_again_when_it_is_ready()
    {
        await using var app = await GoImgApp.StartAsync();
        var ana = await app.SignUpAsync("ana");
        var image = (await HasImagesAsync(ana, 1))[0];
        await app.ExecuteSqlAsync("UPDATE images SET state = 'Processing', stage = 'Rendering'");
        await using var window = await Harness.Browser.OpenAsync(ana);
        await window.GoAsync("/library");
        await Expect(window.Find(".own-progress")).ToHaveTextAsync("1 image is being processed.");

        await app.ExecuteSqlAsync("UPDATE images SET state = 'Active', stage = 'Ready'");
        await app
            .Services.GetRequiredService<Core.LiveUpdates.ILiveUpdates>()
            .PublishAsync(new(image.OwnerId, "image", image.Id.Value), CancellationToken.None);

        await Expect(window.Find(".tile img")).ToHaveCountAsync(1);
        await Expect(window.Find(".own-progress")).ToHaveCountAsync(0);
    }

    private static async Task<List<Image>> HasImagesAsync(MemberClient member, int count)
    {
        var images = new List<Image>();
        for (var seed = 1; seed <= count; seed++)
            images.Add(await member.HasImageAsync(Visibility.Private, seed));
        return images;
    }
}
