using GoImg.Core.Images;
using GoImg.Infrastructure.Database;
using GoImg.Tests.Harness;
using Microsoft.EntityFrameworkCore;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace GoImg.Tests.Browser;

public sealed class ReadmeScreenshotTests
{
    /// <summary>Leaves artifacts/explore.png; docs/images/explore.png is a copy of it.</summary>
    [Fact]
    public async Task The_explore_page_of_a_demo_shows_its_pictures()
    {
        const int Pictures = 15;
        await using var app = await GoImgApp.StartAsync($"Demo:Pictures={Pictures}");
        await Eventually.GetAsync(
            () => app.InScopeAsync<GoImgDbContext, int>(db => db.Images.CountAsync(i => i.State == ImageState.Active, TestContext.Current.CancellationToken)),
            ready => ready == Pictures,
            within: TimeSpan.FromMinutes(3));
        await using var window = await Harness.Browser.OpenAsync(app);

        await window.GoAsync("/explore");
        await Expect(window.Find(".tile").First).ToBeVisibleAsync();
        await window.Page.WaitForLoadStateAsync(LoadState.NetworkIdle);

        var path = Path.Combine(RepositoryPaths.Root, "artifacts", "explore.png");
        await window.Page.ScreenshotAsync(new() { Path = path });
        Assert.True(new FileInfo(path).Length > 50_000, "The screenshot shows next to nothing.");
    }
}
