using GoImg.Core.Accounts;
using GoImg.Tests.Harness;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace GoImg.Tests.Browser;

[Trait("Duration", "long")]
public sealed class JobsJourneyTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Failed_jobs_are_looked_at_and_discarded_on_any_screen(bool isPhone)
    {
        await using var app = await GoImgApp.StartAsync();
        var ada = await app.SignUpAsync("ada", Role.Admin);
        await ada.HasImageAsync();
        await app.ExecuteSqlAsync(
            """
            INSERT INTO jobs (id, kind, payload, priority, state, run_at, turn_at, attempts, created_at, finished_at, last_error)
            SELECT gen_random_uuid(), 'image.refresh', jsonb_build_object('image_id', gen_random_uuid()), 20, 'Dead', now(), now(), 4, now() - interval '1 hour', now() - interval '5 minutes',
                   'RendererUnavailableException: The renderer could not be started: libvips.so.42 is not there.' FROM generate_series(1, 3)
            """
        );
        await app.ExecuteSqlAsync("UPDATE images SET damaged_at = now()");

        await using var window = await Harness.Browser.OpenAsync(ada, isPhone);
        await window.GoAsync("/moderation/jobs");
        await window.AssertAccessibleAsync();
        await ShotAsync(window, $"jobs-{(isPhone ? "phone" : "desk")}");
        await window.Page.GetByRole(AriaRole.Link, new() { Name = "Discard all" }).ClickAsync();
        await Expect(window.Page.GetByRole(AriaRole.Heading, new() { Name = "Discard 3 failed jobs?" })).ToBeVisibleAsync();
        await window.AssertAccessibleAsync();
        await ShotAsync(window, $"jobs-confirm-{(isPhone ? "phone" : "desk")}");
        await window.Page.GetByRole(AriaRole.Button, new() { Name = "Discard all" }).ClickAsync();

        await Expect(window.Page.GetByText("3 jobs are forgotten.")).ToBeVisibleAsync();
        Assert.Equal(0, await app.ExecuteSqlAsync("UPDATE jobs SET state = state WHERE state = 'Dead'"));
    }

    // For people to look at, when somebody says where.
    private static async Task ShotAsync(BrowserPage window, string name)
    {
        if (Environment.GetEnvironmentVariable("GOIMG_TEST_SHOTS") is not { Length: > 0 } directory)
            return;
        foreach (var scheme in new[] { ColorScheme.Light, ColorScheme.Dark })
        {
            await window.Page.EmulateMediaAsync(new() { ColorScheme = scheme });
            await window.Page.ScreenshotAsync(new() { Path = Path.Combine(directory, $"{name}-{scheme}.png"), FullPage = true });
        }
    }
}
