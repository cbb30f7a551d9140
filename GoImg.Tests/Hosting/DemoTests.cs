using GoImg.Core.Albums;
using GoImg.Core.Images;
using GoImg.Core.Moderation;
using GoImg.Demo;
using GoImg.Demo.Pictures;
using GoImg.Infrastructure.Database;
using GoImg.Tests.Harness;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace GoImg.Tests.Hosting;

[Trait("Duration", "long")]
public sealed class DemoTests
{
    /// <summary>Leaves artifacts/explore.png; docs/images/explore.png is a copy of it.</summary>
    [Fact]
    public async Task A_small_demonstration_has_people_pictures_albums_and_reports_and_makes_the_readme_s_screenshot()
    {
        const int Pictures = 15;
        await using var app = await GoImgApp.StartAsync($"Demo:Pictures={Pictures}");

        await Eventually.TrueAsync(() => app.InScopeAsync<GoImgDbContext, bool>(db => db.Set<ReportCase>().AnyAsync()), TimeSpan.FromMinutes(3));

        await app.InScopeAsync<GoImgDbContext, bool>(async db =>
        {
            Assert.Equal(Pictures, await db.Images.CountAsync(i => i.State == ImageState.Active && i.Title != "" && i.AltText != ""));
            Assert.Equal(DemoPerson.All.Count, await db.Members.CountAsync());
            Assert.True(await db.Set<Album>().AnyAsync());
            return true;
        });
        await using var window = await Harness.Browser.OpenAsync(app);
        await window.GoAsync("/explore");
        await Expect(window.Find(".tile").First).ToBeVisibleAsync();
        await window.Page.WaitForLoadStateAsync(LoadState.NetworkIdle);
        var path = Path.Combine(RepositoryPaths.Root, "artifacts", "explore.png");
        await window.Page.ScreenshotAsync(new() { Path = path });
        Assert.True(new FileInfo(path).Length > 50_000, "The screenshot shows next to nothing.");
    }

    [Fact]
    public async Task A_gallery_with_pictures_of_its_own_is_left_alone()
    {
        await using var app = await GoImgApp.StartAsync();
        var demo = new DemoGallery(app.Services.GetRequiredService<IServiceScopeFactory>());
        Assert.True(await demo.IsFreeAsync(TestContext.Current.CancellationToken));
        var people = await demo.MoveInAsync(MemberClient.Password, TestContext.Current.CancellationToken);
        await demo.UploadAsync(people, 1, TestContext.Current.CancellationToken);
        Assert.True(await demo.IsFreeAsync(TestContext.Current.CancellationToken));

        var ana = await app.SignUpAsync("ana");
        await demo.UploadAsync([ana.Actor], 2, TestContext.Current.CancellationToken);

        Assert.False(await demo.IsFreeAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Started_again_it_goes_on_and_repeats_nothing()
    {
        await using var app = await GoImgApp.StartAsync();
        var demo = new DemoGallery(app.Services.GetRequiredService<IServiceScopeFactory>());
        for (var round = 0; round < 2; round++)
        {
            var people = await demo.MoveInAsync(MemberClient.Password, TestContext.Current.CancellationToken);
            for (var number = 0; number < 3; number++)
                await demo.UploadAsync(people, number, TestContext.Current.CancellationToken);
        }

        Assert.Equal(3, await demo.CountAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public void The_same_number_is_the_same_picture_and_a_jpeg()
    {
        byte[] Paint()
        {
            var canvas = new Canvas(160, 100);
            Scene.All[0].Paint(canvas, new Dice(5), Palette.All[0]);
            canvas.Finish(0.2f, 0.02f, 1);
            return JpegWriter.Write(canvas, 85);
        }

        var first = Paint();

        Assert.Equal(first, Paint());
        Assert.Equal([0xFF, 0xD8, 0xFF, 0xE0], first[..4]);
        Assert.Equal([0xFF, 0xD9], first[^2..]);
    }

    [Fact]
    public void Every_kind_of_picture_can_be_painted_in_any_shape()
    {
        foreach (var scene in Scene.All)
        {
            foreach (var (width, height) in new[] { (240, 100), (100, 160), (33, 33) })
            {
                var canvas = new Canvas(width, height);
                scene.Paint(canvas, new Dice(9), Palette.All[1]);
                Assert.NotEmpty(JpegWriter.Write(canvas, 80));
            }
        }
    }

    [Fact]
    public void There_is_a_title_for_each_of_two_hundred() =>
        Assert.Equal(Scene.All.Count * 13, Scene.All.SelectMany(s => s.Titles).Distinct().Count());

    [Fact]
    public void The_flag_people_type_becomes_the_setting() =>
        Assert.Equal(["--urls", "http://x", "--Demo:Pictures=200"], DemoOptions.Expand(["--urls", "http://x", "--demo"]));
}
