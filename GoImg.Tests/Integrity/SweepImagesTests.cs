using GoImg.Core.Images;
using GoImg.Core.Integrity;
using GoImg.Core.Jobs;
using GoImg.Core.Storage;
using GoImg.Tests.Harness;
using Microsoft.Extensions.DependencyInjection;

namespace GoImg.Tests.Integrity;

public sealed class SweepImagesTests
{
    [Fact]
    public async Task What_lay_in_the_trash_for_thirty_days_is_purged_and_nothing_else()
    {
        await using var app = await GoImgApp.StartAsync(GoImgApp.NoJobs);
        var ana = await app.SignUpAsync("ana");
        var kept = (await ana.UploadAsync(Pictures.Png(1))).Value();
        var fresh = (await ana.UploadAsync(Pictures.Png(2))).Value();
        var old = (await ana.UploadAsync(Pictures.Png(3))).Value();
        await app.ExecuteSqlAsync($"UPDATE images SET state = 'Deleted', deleted_at = now() - interval '29 days' WHERE id = '{fresh.ImageId}'");
        await app.ExecuteSqlAsync($"UPDATE images SET state = 'Deleted', deleted_at = now() - interval '31 days' WHERE id = '{old.ImageId}'");

        await SweepAsync(app, TimeSpan.Zero);

        Assert.Equal(1, await app.ExecuteSqlAsync("DELETE FROM jobs WHERE kind = 'image.purge'"));
        Assert.NotNull(await app.FindImageAsync(kept.ImageId));
    }

    [Fact]
    public async Task Objects_without_an_image_and_staged_leftovers_go_after_a_day_and_not_before()
    {
        await using var app = await GoImgApp.StartAsync(GoImgApp.NoJobs);
        var ana = await app.SignUpAsync("ana");
        var kept = (await ana.UploadAsync(Pictures.Png())).Value();
        var store = app.Services.GetRequiredService<IObjectStore>();
        var orphan = ImageId.New();
        // The set that is served, and one that a later render has replaced.
        await app.ExecuteSqlAsync("UPDATE images SET rendition_set = '11111111'");
        foreach (
            var key in new[]
            {
                ImageObjectKeys.Rendition(kept.ImageId, "11111111", "large.webp"),
                ImageObjectKeys.Original(orphan),
                ImageObjectKeys.Rendition(orphan, "0a1b2c3d", "small.webp"),
                ImageObjectKeys.Quarantine(orphan),
                ImageObjectKeys.Rendition(kept.ImageId, "0a1b2c3d", "small.webp"),
            }
        )
            await store.PutAsync(key, new MemoryStream(Pictures.Png()), TestContext.Current.CancellationToken);
        await store.StageAsync(new MemoryStream(Pictures.Png()), 1 << 20, TestContext.Current.CancellationToken);

        await SweepAsync(app, TimeSpan.FromHours(20));
        Assert.Equal((6, 1), ((await app.ObjectsAsync()).Count, app.StagedFiles().Count));

        await SweepAsync(app, TimeSpan.FromHours(30));
        Assert.Equal(
            [ImageObjectKeys.Original(kept.ImageId).Value, ImageObjectKeys.Rendition(kept.ImageId, "11111111", "large.webp").Value],
            await app.ObjectsAsync()
        );
    }

    private static async Task SweepAsync(GoImgApp app, TimeSpan later)
    {
        await using var scope = app.Services.CreateAsyncScope();
        var sweep = ActivatorUtilities.CreateInstance<SweepImages>(scope.ServiceProvider, new Later(later));
        Assert.IsType<JobOutcome.Done>(await sweep.HandleAsync(new SweepImagesJob(), new JobAttempt(1, 4), TestContext.Current.CancellationToken));
    }

    private sealed class Later(TimeSpan by) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + by;
    }
}
