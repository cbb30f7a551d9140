using GoImg.Core.Images;
using GoImg.Core.Integrity;
using GoImg.Core.Jobs;
using GoImg.Tests.Harness;
using Microsoft.Extensions.DependencyInjection;

namespace GoImg.Tests.Integrity;

public sealed class ScrubTests
{
    private static readonly ScrubThrottle Fast = new(TimeSpan.FromDays(7), 0, TimeSpan.FromMinutes(1));

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task One_bit_turned_in_each_of_thirty_renditions_is_found_and_all_are_made_again_and_served_meanwhile_only_whole()
    {
        await using var app = await GoImgApp.StartAsync(GoImgApp.NoJobs);
        var ana = await app.SignUpAsync("ana");
        var images = new List<Image>();
        for (var seed = 1; seed <= 30; seed++)
            images.Add(await app.ReadyImageAsync(ana, seed));
        var damaged = images
            .SelectMany(i => i.Renditions.Select(r => ImageObjectKeys.Rendition(i.Id, i.RenditionSet, r.File).Value))
            .Take(30)
            .ToList();
        Assert.Equal(30, damaged.Count);
        foreach (var key in damaged)
            app.FlipABit(key);

        var found = (await app.VerifyAsync(isDeep: true, TimeSpan.Zero)).Where(f => f.Kind == FindingKind.RenditionDamaged).Select(f => f.Subject);
        Assert.Equal(damaged.Order(StringComparer.Ordinal), found.Order(StringComparer.Ordinal));
        await ScrubAsync(app);
        await app.RefreshAllAsync();

        Assert.Empty(await app.VerifyAsync(isDeep: true, TimeSpan.Zero));
        foreach (var before in images)
            Assert.NotEqual(before.RenditionSet, (await app.FindImageAsync(before.Id))!.RenditionSet);
    }

    [Fact]
    public async Task A_damaged_original_keeps_its_renditions_and_the_staff_are_told_once_until_it_is_whole_again()
    {
        await using var app = await GoImgApp.StartAsync(GoImgApp.NoJobs);
        var (ana, mia) = (await app.SignUpAsync("ana"), await app.SignUpAsync("mia", Core.Accounts.Role.Moderator));
        var image = await app.ReadyImageAsync(ana, 1);
        var original = ImageObjectKeys.Original(image.Id);
        var bytes = await app.ReadAsync(original);

        app.FlipABit(original.Value);
        await ScrubAsync(app);
        await ScrubAsync(app);
        await app.ExecuteSqlAsync("UPDATE images SET recipe = 'of another age'");
        await app.RefreshAllAsync();

        var damaged = (await app.FindImageAsync(image.Id))!;
        Assert.NotNull(damaged.DamagedAt);
        Assert.Equal((ImageState.Active, image.RenditionSet), (damaged.State, damaged.RenditionSet));
        await EventJobs.DeliverAsync(app.Services);
        var told = await mia.NotificationsAsync(1);
        Assert.Contains("Restore it from a backup", Assert.Single(told).Sentence, StringComparison.Ordinal);
        Assert.Equal(image.Slug, told[0].ImageSlug);

        app.Damage(original.Value, _ => bytes);
        await ScrubAsync(app);
        Assert.Null((await app.FindImageAsync(image.Id))!.DamagedAt);
    }

    [Fact]
    public async Task A_walk_goes_on_where_it_stopped_and_begins_again_when_it_is_time()
    {
        await using var app = await GoImgApp.StartAsync(GoImgApp.NoJobs);
        var ana = await app.SignUpAsync("ana");
        await app.ReadyImageAsync(ana, 1);
        var walks = async (TimeSpan interval) =>
            await app.InScopeAsync<IScrubCheckpoints, ScrubCheckpoint?>(w => w.ResumeAsync("scrub", interval, Ct));

        await ScrubAsync(app, Fast with { RunFor = TimeSpan.Zero });
        Assert.Null((await walks(Fast.Interval))!.After);
        await app.InScopeAsync<IScrubCheckpoints, bool>(async w =>
        {
            await w.SaveAsync("scrub", new ScrubCheckpoint(new ImageId(Guid.Empty)), Ct);
            return true;
        });
        Assert.Equal(new ImageId(Guid.Empty), (await walks(Fast.Interval))!.After);
        await ScrubAsync(app);

        Assert.Null(await walks(Fast.Interval));
        Assert.NotNull(await walks(TimeSpan.Zero));
        await ScrubAsync(app, Fast with { Interval = TimeSpan.Zero });
    }

    [Fact]
    public async Task A_rendition_of_the_wrong_length_is_never_served_and_asking_for_it_has_it_made_again()
    {
        await using var app = await GoImgApp.StartAsync(GoImgApp.NoJobs);
        var ana = await app.SignUpAsync("ana");
        var image = await app.ReadyImageAsync(ana, 1, Visibility.Public);
        app.Damage(ImageObjectKeys.Rendition(image.Id, image.RenditionSet, "thumbnail.webp").Value, bytes => bytes[..^7]);
        app.Damage(ImageObjectKeys.Original(image.Id).Value, bytes => bytes[..^7]);

        using var rendition = await app.Anonymous.GetAsync($"/i/{image.Slug}/large", Ct);
        using var original = await ana.GetAsync($"/i/{image.Slug}/download");
        Assert.Equal((HttpStatusCode)422, original.StatusCode);
        app.Damage(ImageObjectKeys.Original(image.Id).Value, _ => Pictures.Png(1));
        await app.RefreshAllAsync();
        using var mended = await app.Anonymous.GetAsync($"/i/{image.Slug}/large", Ct);

        Assert.Equal((HttpStatusCode.ServiceUnavailable, HttpStatusCode.OK), (rendition.StatusCode, mended.StatusCode));
        Assert.Empty(await app.VerifyAsync(isDeep: true, TimeSpan.Zero));
    }

    private static async Task ScrubAsync(GoImgApp app, ScrubThrottle? throttle = null)
    {
        await app.ExecuteSqlAsync("UPDATE walks SET started_at = now() - interval '8 days' WHERE finished_at IS NOT NULL");
        await using var scope = app.Services.CreateAsyncScope();
        var scrub = ActivatorUtilities.CreateInstance<ScrubImages>(scope.ServiceProvider, throttle ?? Fast);
        Assert.IsType<JobOutcome.Done>(await scrub.HandleAsync(new ScrubImagesJob(), new JobAttempt(1, 4), Ct));
    }
}
