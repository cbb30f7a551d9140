using GoImg.Core.Accounts;
using GoImg.Core.Moderation;
using GoImg.Tests.Harness;
using Microsoft.Extensions.DependencyInjection;

namespace GoImg.Tests.Moderation;

public sealed class OpenCaseCountTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Staff_see_how_many_cases_are_open_on_every_page_and_what_they_decided_is_off_it_at_once()
    {
        await using var app = await GoImgApp.StartAsync();
        var (ana, ben, mia) = (await app.SignUpAsync("ana"), await app.SignUpAsync("ben"), await app.SignUpAsync("mia", Role.Moderator));
        var image = await ana.HasImageAsync();
        using (await ben.Http.PostFormAsync($"/report/{image.Slug}", "report", new() { ["reason"] = "Spam" })) { }
        await app.Services.GetRequiredService<IOpenCaseCount>().RefreshAsync(Token);

        Assert.Contains("title=\"Moderation: 1 open case\"", await mia.Http.GetStringAsync("/explore", Token), StringComparison.Ordinal);
        Assert.DoesNotContain("Moderation", await ana.Http.GetStringAsync("/explore", Token), StringComparison.Ordinal);
        using (
            await mia.Http.PostFormAsync("/moderation", null, new() { ["about"] = $"image:{image.Id}", ["action"] = "Dismiss" }, "/moderation/decide")
        ) { }

        Assert.Contains("title=\"Moderation\"", await mia.Http.GetStringAsync("/explore", Token), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Counting_ends_at_a_hundred()
    {
        await using var app = await GoImgApp.StartAsync(GoImgApp.NoJobs);
        var mia = await app.SignUpAsync("mia", Role.Moderator);
        await app.ExecuteSqlAsync(
            """
            INSERT INTO report_cases (id, subject_kind, subject_id, status, report_count, opened_at, version)
            SELECT gen_random_uuid(), 'Image', gen_random_uuid(), 'Pending', 1, now(), 1 FROM generate_series(1, 120)
            """
        );
        var count = app.Services.GetRequiredService<IOpenCaseCount>();
        await count.RefreshAsync(Token);

        Assert.Equal(IOpenCaseCount.Limit, count.Current);
        Assert.Contains("99+", WebUtility.HtmlDecode(await mia.Http.GetStringAsync("/explore", Token)), StringComparison.Ordinal);
    }
}
