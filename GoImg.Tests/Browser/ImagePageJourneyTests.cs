using System.Globalization;
using System.Text.RegularExpressions;
using GoImg.Core.Images;
using GoImg.Tests.Harness;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace GoImg.Tests.Browser;

[Trait("Duration", "long")]
public sealed partial class ImagePageJourneyTests(SharedApp shared) : IClassFixture<SharedApp>
{
    [Theory]
    [InlineData(1280, 720, 1800, 1200)]
    [InlineData(1280, 720, 1200, 1800)]
    [InlineData(1440, 900, 1800, 1200)]
    [InlineData(1440, 900, 250, 4000)]
    public async Task Title_author_and_facts_are_in_the_first_view(int width, int height, int pictureWidth, int pictureHeight)
    {
        var ana = await shared.SignUpAsync("ana");
        var image = await ana.HasImageAsync(Visibility.Unlisted, 1, pictureWidth, pictureHeight);
        await using var window = await Harness.Browser.OpenAsync(shared.App);
        await window.Page.SetViewportSizeAsync(width, height);

        await window.GoAsync($"/i/{image.Slug}");

        foreach (var part in new[] { "h1", ".byline", "[data-reveal]" })
        {
            var box = (await window.Find(part).First.BoundingBoxAsync())!;
            Assert.True(box.Y + box.Height <= height, $"{part} ends at {box.Y + box.Height} of {height}");
        }

        await Expect(
                window
                    .Find("header p")
                    .Filter(new() { HasText = string.Create(CultureInfo.InvariantCulture, $"{pictureWidth:N0} × {pictureHeight:N0}") })
                    .First
            )
            .ToBeInViewportAsync();
    }

    [Fact]
    public async Task A_screen_of_two_dots_a_pixel_gets_the_rendition_it_can_show()
    {
        var ana = await shared.SignUpAsync("ana");
        var image = await ana.HasImageAsync(Visibility.Unlisted, 2, 3000, 1500);
        await using var window = await Harness.Browser.OpenAsync(shared.App, density: 2);

        await window.GoAsync($"/i/{image.Slug}");

        await window.Page.WaitForFunctionAsync("document.querySelector('.stage-picture img').currentSrc.includes('/xlarge')");
    }

    [Fact]
    public async Task The_key_of_the_details_leads_there_and_back()
    {
        var ana = await shared.SignUpAsync("ana");
        var image = await ana.HasImageAsync(Visibility.Unlisted, 3, 1800, 1200);
        await using var window = await Harness.Browser.OpenAsync(shared.App);
        await window.GoAsync($"/i/{image.Slug}");

        await window.Page.Keyboard.PressAsync("i");

        await Expect(window.Find("#details summary")).ToBeFocusedAsync();
        await Expect(window.Find("#details dl")).ToBeInViewportAsync();
        await window.Page.Keyboard.PressAsync("i");
        await Expect(window.Find("[data-reveal]")).ToBeFocusedAsync();
    }

    [Fact]
    public async Task Who_downloads_what_must_be_made_first_waits_on_a_page_and_gets_it_by_itself()
    {
        var image = await ToDownloadAsync(5);
        await using var window = await Harness.Browser.OpenAsync(shared.App);
        await window.GoAsync($"/i/{image.Slug}");
        var isHeldBack = true;
        await window.Page.RouteAsync(
            "**/download",
            route => isHeldBack && route.Request.Method == "HEAD" ? route.FulfillAsync(new() { Status = 202 }) : route.ContinueAsync()
        );

        await window.Find("summary[aria-label=More]").ClickAsync();
        await window.Page.GetByRole(AriaRole.Link, new() { Name = "Download" }).ClickAsync();
        await Expect(window.Find("[data-while-waiting]")).ToBeVisibleAsync();
        await window.AssertAccessibleAsync();
        var download = await window.Page.RunAndWaitForDownloadAsync(() =>
        {
            isHeldBack = false;
            return Task.CompletedTask;
        });

        Assert.Equal("A boat.png", download.SuggestedFilename);
        await Expect(window.Find("p[data-once-made]")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task A_download_comes_by_itself_without_script_too()
    {
        var image = await ToDownloadAsync(6);
        await using var window = await Harness.Browser.OpenAsync(shared.App, hasScript: false);

        var download = await window.Page.RunAndWaitForDownloadAsync(() => window.GoAsync($"/i/{image.Slug}/downloading"));

        Assert.Equal("A boat.png", download.SuggestedFilename);
    }

    private async Task<Image> ToDownloadAsync(int seed)
    {
        var ana = await shared.SignUpAsync("ana");
        var image = await ana.HasImageAsync(Visibility.Unlisted, seed, 300, 200);
        await shared.App.ExecuteSqlAsync($"UPDATE images SET allows_download = true, title = 'A boat' WHERE id = '{image.Id}'");
        return image;
    }

    [Fact]
    public async Task On_a_phone_a_swipe_leads_to_the_next_image_and_tiles_say_whose_they_are()
    {
        var ana = await shared.SignUpAsync("ana");
        for (var i = 0; i < 2; i++)
            await ana.HasImageAsync(Visibility.Public, 10 + i, 300, 200);
        await using var window = await Harness.Browser.OpenAsync(shared.App, isPhone: true);
        await window.GoAsync($"/u/{ana.Username}");
        Assert.Equal("1", await window.Find(".tile-caption").First.EvaluateAsync<string>("caption => getComputedStyle(caption).opacity"));
        await window.Find(".tile a").First.TapAsync();
        await Expect(window.Page).ToHaveURLAsync(ImageAddress());
        var first = window.Page.Url;
        var fingers = await Fingers.OnAsync(window);
        var box = (await window.Find(".stage-picture").BoundingBoxAsync())!;
        var middle = box.Y + box.Height / 2;

        await fingers.DragAsync((330, middle), (60, middle));
        await Expect(window.Page).Not.ToHaveURLAsync(first);
        await Expect(window.Find("[rel=prev]")).ToBeVisibleAsync();
        await fingers.DragAsync((60, middle), (330, middle));

        await Expect(window.Page).ToHaveURLAsync(first);
        await Expect(window.Find("dialog.viewer")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task Without_script_a_picture_with_clear_parts_stands_on_the_page()
    {
        var ana = await shared.SignUpAsync("ana");
        var uploaded = (await ana.UploadAsync(Samples.Png(400, 300, withAlpha: true), Visibility.Unlisted)).Value();
        var image = await ana.WaitUntilReadyAsync(uploaded.ImageId);
        await using var window = await Harness.Browser.OpenAsync(shared.App, hasScript: false);
        await window.GoAsync($"/i/{image.Slug}");

        // Without script there is no asking for styles either: the corner of the picture that is clear has the stage's own colour.
        var stage = (await window.Find(".stage").BoundingBoxAsync())!;
        var picture = (await window.Find(".stage-picture").BoundingBoxAsync())!;
        var shot = await Harness.Browser.DecodeAsync(await window.Page.ScreenshotAsync(), "image/png");

        Assert.Equal(
            shot[(int)stage.X + 4, (int)(stage.Y + stage.Height) - 4],
            shot[(int)(picture.X + picture.Width) - 4, (int)(picture.Y + picture.Height) - 4]
        );
    }

    [GeneratedRegex("/i/[^/]+$", RegexOptions.None, 1000)]
    private static partial Regex ImageAddress();
}
