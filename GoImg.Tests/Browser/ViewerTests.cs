using System.Globalization;
using GoImg.Core.Images;
using GoImg.Tests.Harness;
using static Microsoft.Playwright.Assertions;

namespace GoImg.Tests.Browser;

/// <summary>The viewer as hands meet it: wheel, mouse, keys and fingers, on a desktop and on a phone.</summary>
[Trait("Duration", "long")]
public sealed class ViewerTests(SharedApp shared) : IClassFixture<SharedApp>
{
    private const float Tolerance = 1.5f;

    private static readonly (string Name, int Width, int Height)[] Shapes =
    [
        ("portrait", 1200, 1800),
        ("landscape", 1800, 1200),
        ("square", 1400, 1400),
        ("8:1", 3200, 400),
        ("1:16", 250, 4000),
    ];

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Every_shape_is_whole_and_zooms_to_its_pixels_and_never_leaves_a_gap(bool isPhone)
    {
        var ana = await shared.SignUpAsync("ana");
        var images = await Task.WhenAll(Shapes.Select((shape, i) => ana.HasImageAsync(Visibility.Unlisted, i + 1, shape.Width, shape.Height)));
        await using var window = await Harness.Browser.OpenAsync(shared.App, isPhone);
        var fingers = await Fingers.OnAsync(window);
        var (width, height) = (window.Page.ViewportSize!.Width, window.Page.ViewportSize.Height);

        foreach (var ((name, pictureWidth, pictureHeight), image) in Shapes.Zip(images))
        {
            await OpenAsync(window, image);
            var whole = await BoxAsync(window);
            Assert.True(
                whole is { X: >= -Tolerance, Y: >= -Tolerance } && whole.Right <= width + Tolerance && whole.Bottom <= height + Tolerance,
                $"{name}: {whole}"
            );
            Assert.True(Math.Abs(whole.Width - width) < Tolerance || Math.Abs(whole.Height - height) < Tolerance, $"{name} is smaller than need be");
            Assert.Equal(pictureWidth / (double)pictureHeight, whole.Width / whole.Height, 0.02);

            // At a place that has the picture in all shapes.
            if (isPhone)
                await fingers.DoubleTapAsync(width / 2d, height / 2d);
            else
                await window.Page.Mouse.DblClickAsync(width / 2f, height / 2f);
            var real = await BoxAsync(window);
            Assert.Equal((name, pictureWidth), (name, (int)Math.Round(real.Width)));

            foreach (var (x, y) in new[] { (3000, 3000), (-6000, -6000) })
            {
                for (var times = 0; times < 4; times++)
                    await DragAsync(window, isPhone ? fingers : null, (width / 2, height / 2), (width / 2 + x / 4, height / 2 + y / 4));
                var moved = await BoxAsync(window);
                AssertNoGap(name, moved.X, moved.Right, moved.Width, width);
                AssertNoGap(name, moved.Y, moved.Bottom, moved.Height, height);
            }

            await window.Page.Keyboard.PressAsync("0");
            Assert.Equal(whole, await BoxAsync(window));
            await window.Page.Keyboard.PressAsync("Escape");
            await Expect(window.Find("dialog.viewer")).ToHaveCountAsync(0);
        }
    }

    [Fact]
    public async Task The_wheel_zooms_where_it_points_and_the_keys_do_too()
    {
        var ana = await shared.SignUpAsync("ana");
        var image = await ana.HasImageAsync(Visibility.Unlisted, 20, 1800, 1200);
        await using var window = await Harness.Browser.OpenAsync(shared.App);
        await OpenAsync(window, image);
        var whole = await BoxAsync(window);

        await window.Page.Mouse.MoveAsync(900, 300);
        await window.Page.Mouse.WheelAsync(0, -300);
        var zoomed = await BoxAsync(window);

        Assert.True(zoomed.Width > whole.Width * 1.5);
        Assert.Equal((900 - whole.X) / whole.Width, (900 - zoomed.X) / zoomed.Width, 0.01);
        Assert.Equal((300 - whole.Y) / whole.Height, (300 - zoomed.Y) / zoomed.Height, 0.01);
        await window.Page.Mouse.WheelAsync(0, 3000);
        Assert.Equal(whole, await BoxAsync(window));
        await window.Page.Keyboard.PressAsync("1");
        Assert.Equal(1800, (await BoxAsync(window)).Width, Tolerance);
        await window.Page.Keyboard.PressAsync("-");
        Assert.Equal(1200, (await BoxAsync(window)).Width, Tolerance);
        await window.AssertAccessibleAsync();
        await window.Page.Keyboard.PressAsync("Tab");
        Assert.True(await window.Page.EvaluateAsync<bool>("document.querySelector('dialog.viewer').contains(document.activeElement)"));
        Assert.True(
            await window.Page.EvaluateAsync<bool>(
                "[...document.querySelectorAll('dialog.viewer button')].every(b => b.hidden || (b.getAttribute('aria-label') && b.offsetWidth >= 44 && b.offsetHeight >= 44))"
            )
        );
    }

    [Fact]
    public async Task On_a_phone_a_pinch_zooms_the_picture_and_not_the_page_and_swipes_lead_on_unless_zoomed()
    {
        var ana = await shared.SignUpAsync("ana");
        for (var i = 0; i < 3; i++)
            await ana.HasImageAsync(Visibility.Public, 30 + i, 1800 + i, 1200);
        var first = (await shared.App.Anonymous.GetStringAsync($"/u/{ana.Username}", TestContext.Current.CancellationToken))
            .Split("href=\"/i/")[1]
            .Split('"')[0];
        await using var window = await Harness.Browser.OpenAsync(shared.App, isPhone: true);
        var fingers = await Fingers.OnAsync(window);
        await window.GoAsync("/i/" + first.Replace("&amp;", "&", StringComparison.Ordinal));
        var page = window.Page.Url;
        await window.Find(".stage-picture").TapAsync();
        await WholeAsync(window);
        var whole = await BoxAsync(window);

        await fingers.PinchAsync((195, 422), 40, 160);
        var zoomed = await BoxAsync(window);
        Assert.Equal(whole.Width * 4, zoomed.Width, whole.Width * 0.5);
        Assert.Equal(1, await window.Page.EvaluateAsync<double>("visualViewport.scale"));
        await fingers.DragAsync((330, 422), (60, 422));
        Assert.True((await BoxAsync(window)).X < zoomed.X);
        Assert.Equal(zoomed.Width, (await BoxAsync(window)).Width, Tolerance);

        await fingers.DoubleTapAsync(195, 422);
        Assert.Equal(whole, await BoxAsync(window));
        await Expect(window.Find("[data-do=prev]")).ToBeHiddenAsync();
        await fingers.DragAsync((330, 422), (60, 422));
        await Expect(window.Find("[data-do=prev]")).ToBeVisibleAsync();
        await fingers.DragAsync((60, 422), (330, 422));
        await Expect(window.Find("[data-do=prev]")).ToBeHiddenAsync();
        await fingers.DragAsync((330, 422), (60, 422));
        await Expect(window.Find("[data-do=prev]")).ToBeVisibleAsync();
        await fingers.DragAsync((195, 300), (195, 600));

        await Expect(window.Find("dialog.viewer")).ToHaveCountAsync(0);
        await Expect(window.Page).Not.ToHaveURLAsync(page);
    }

    [Fact]
    public async Task The_originals_pixels_come_to_its_owner_and_to_others_only_where_downloads_are_allowed()
    {
        var ana = await shared.SignUpAsync("ana");
        var image = await ana.HasImageAsync(Visibility.Unlisted, 40, 3600, 1800);
        await using var owner = await Harness.Browser.OpenAsync(ana);
        await using var visitor = await Harness.Browser.OpenAsync(shared.App);
        var asked = new List<string>();
        visitor.Page.Request += (_, request) => asked.Add(request.Url);

        await OpenAsync(visitor, image);
        await visitor.Page.Keyboard.PressAsync("1");
        Assert.Equal(2560, (await BoxAsync(visitor)).Width, Tolerance);
        await OpenAsync(owner, image);
        await owner.Page.Keyboard.PressAsync("1");
        Assert.Equal(3600, (await BoxAsync(owner)).Width, Tolerance);
        await Expect(owner.Find("[data-is-sharp]")).ToHaveCountAsync(1);

        Assert.Equal(3600, await owner.Page.EvaluateAsync<int>("document.querySelector('.viewer-box img:last-child').naturalWidth"));
        Assert.DoesNotContain(asked, url => url.Contains("/full", StringComparison.Ordinal));
        var refused = await shared.App.Anonymous.GetAsync($"/i/{image.Slug}/full", TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.NotFound, refused.StatusCode);
        await shared.App.ExecuteSqlAsync($"UPDATE images SET allows_download = true WHERE id = '{image.Id}'");
        await visitor.GoAsync($"/i/{image.Slug}");
        await visitor.Find(".stage-picture").ClickAsync();
        await visitor.Page.Keyboard.PressAsync("1");
        await Expect(visitor.Find("[data-is-sharp]")).ToHaveCountAsync(1);
    }

    [Fact]
    public async Task Arrows_and_the_slide_show_lead_on_and_Esc_leads_back_to_the_tile_again_and_again()
    {
        var ana = await shared.SignUpAsync("ana");
        for (var i = 0; i < 30; i++)
            await ana.HasImageAsync(Visibility.Public, 50 + i, 90, 120);
        await using var window = await Harness.Browser.OpenAsync(shared.App);
        await window.Page.SetViewportSizeAsync(800, 500);
        await window.GoAsync($"/u/{ana.Username}");
        await window.Find(".tile").Nth(25).ScrollIntoViewIfNeededAsync();
        var scrolled = await window.Page.EvaluateAsync<double>("scrollY");
        Assert.True(scrolled > 200);

        for (var round = 0; round < 3; round++)
        {
            await window.Find(".tile a").Nth(25).ClickAsync();
            await Expect(window.Find(".stage-picture")).ToBeVisibleAsync();
            if (round == 2)
            {
                await window.Find(".stage-picture").ClickAsync();
                await window.Page.Keyboard.PressAsync("ArrowRight");
                var title = window.Find("[data-do=prev]");
                await Expect(title).ToBeVisibleAsync();
                await window.Page.Keyboard.PressAsync(" ");
                await Expect(window.Find("[data-do=play]")).ToHaveAttributeAsync("aria-pressed", "true");
                await window.Page.Keyboard.PressAsync("Escape");
                await Expect(window.Find("dialog.viewer")).ToHaveCountAsync(0);
            }

            await window.Page.Keyboard.PressAsync("Escape");
            await Expect(window.Find(".tile").First).ToBeAttachedAsync();
            await Expect(window.Page).ToHaveURLAsync(new System.Text.RegularExpressions.Regex($"/u/{ana.Username}"));
            Assert.Equal(scrolled, await window.Page.EvaluateAsync<double>("scrollY"), 200d);
        }
    }

    private static async Task OpenAsync(BrowserPage window, Image image)
    {
        await window.GoAsync($"/i/{image.Slug}");
        await window.Find(".stage-picture").ClickAsync();
        await WholeAsync(window);
    }

    /// <summary>Once the viewer has the window, and shows the picture in the middle of it.</summary>
    private static Task WholeAsync(BrowserPage window) =>
        window.Page.WaitForFunctionAsync(
            """
            () => {
              const [stage, box] = [".viewer-stage", ".viewer-box"].map(part => document.querySelector(part)?.getBoundingClientRect());
              return stage && Math.abs(stage.top) < .1 && Math.abs(stage.height - innerHeight) < 1
                && Math.abs(box.left + box.right - stage.left - stage.right) < 1 && Math.abs(box.top + box.bottom - stage.top - stage.bottom) < 1;
            }
            """
        );

    private static async Task DragAsync(BrowserPage window, Fingers? fingers, (int X, int Y) from, (int X, int Y) to)
    {
        if (fingers is not null)
        {
            await fingers.DragAsync(from, to);
            return;
        }

        await window.Page.Mouse.MoveAsync(from.X, from.Y);
        await window.Page.Mouse.DownAsync();
        await window.Page.Mouse.MoveAsync(to.X, to.Y, new() { Steps = 3 });
        await window.Page.Mouse.UpAsync();
    }

    private static void AssertNoGap(string name, double start, double end, double size, double room) =>
        Assert.True(
            size <= room + Tolerance ? Math.Abs(start + end - room) < 2 * Tolerance : start <= Tolerance && end >= room - Tolerance,
            string.Create(CultureInfo.InvariantCulture, $"{name}: from {start} to {end} of {room}")
        );

    private static async Task<Box> BoxAsync(BrowserPage window)
    {
        var edges = await window.Page.EvaluateAsync<double[]>(
            "() => { const b = document.querySelector('.viewer-box').getBoundingClientRect(); return [b.left, b.top, b.width, b.height].map(n => Math.round(n * 10) / 10); }"
        );
        return new(edges[0], edges[1], edges[2], edges[3]);
    }

    private sealed record Box(double X, double Y, double Width, double Height)
    {
        public double Right => X + Width;

        public double Bottom => Y + Height;
    }
}
