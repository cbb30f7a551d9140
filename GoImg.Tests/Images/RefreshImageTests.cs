using GoImg.Core.Accounts;
using GoImg.Core.Images;
using GoImg.Core.Jobs;
using GoImg.Core.Rendering;
using GoImg.Infrastructure.Rendering;
using GoImg.Tests.Harness;
using GoImg.Tests.Integrity;

namespace GoImg.Tests.Images;

public sealed class RefreshImageTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public void The_recipe_changes_with_every_setting_that_changes_bytes_and_with_no_other()
    {
        var today = new RenderOptions();

        Assert.Equal(today.Recipe(), (today with { MaxWorkers = 7, TimeLimitSeconds = 8, MemoryMiB = 999, ScratchPath = "/x" }).Recipe());
        Assert.All(
            new[]
            {
                today with
                {
                    QualityPercent = 81,
                },
                today with
                {
                    FastShrink = !today.FastShrink,
                },
                today with
                {
                    MaxAnimatedFrames = 9,
                },
                today with
                {
                    MaxAnimatedMegapixels = 9,
                },
            },
            other => Assert.NotEqual(today.Recipe(), other.Recipe())
        );
        Assert.NotEqual(
            RenditionFingerprint.Of(RenditionSet.Default.All, []),
            RenditionFingerprint.Of([.. RenditionSet.Default.All, new Rendition("huge", 4000)], [])
        );
    }

    [Fact]
    public async Task Images_of_an_older_recipe_are_rendered_again_once_and_their_owners_see_no_new_version()
    {
        await using var app = await GoImgApp.StartAsync(GoImgApp.NoJobs);
        var ana = await app.SignUpAsync("ana");
        var (a, b) = (await app.ReadyImageAsync(ana, 1, Visibility.Public), await app.ReadyImageAsync(ana, 2));
        await app.ExecuteSqlAsync($"UPDATE images SET recipe = 'older' WHERE id = '{a.Id}'");

        Assert.Equal(1, await app.RefreshAllAsync());
        Assert.Equal(0, await app.RefreshAllAsync());

        var now = (await app.FindImageAsync(a.Id))!;
        Assert.NotEqual(a.RenditionSet, now.RenditionSet);
        Assert.Equal(b.Recipe, now.Recipe);
        Assert.Equal(4, (await app.ObjectsAsync()).Count);
        Assert.Empty(await app.VerifyAsync(isDeep: true, TimeSpan.Zero));
    }

    [Fact]
    public async Task Only_a_bounded_number_waits_and_each_image_once_however_often_is_looked()
    {
        await using var app = await GoImgApp.StartAsync(GoImgApp.NoJobs);
        var ana = await app.SignUpAsync("ana");
        var image = await app.ReadyImageAsync(ana, 1);
        await app.CopyRowAsync(image.Id, 700, """{"recipe": "older"}""");
        await app.ExecuteSqlAsync(
            "INSERT INTO jobs (id, kind, payload, priority, state, run_at, turn_at, attempts, created_at) SELECT gen_random_uuid(), 'image.refresh', '{}', 20, 'Dead', now(), now(), 4, now()"
        );
        for (var looks = 0; looks < 3; looks++)
            await app.RunAsync(new RefreshImagesJob());

        Assert.Equal(
            RefreshImages.MaxWaiting,
            await app.ExecuteSqlAsync("UPDATE jobs SET state = 'Done' WHERE kind = 'image.refresh' AND state = 'Waiting' AND priority = 20")
        );
    }

    [Fact]
    public async Task What_can_not_be_rendered_again_keeps_what_it_has_and_is_not_tried_for_ever()
    {
        await using var app = await GoImgApp.StartAsync(GoImgApp.NoJobs);
        var ana = await app.SignUpAsync("ana");
        var image = await app.ReadyImageAsync(ana, 1);
        var unfit = Pictures.Undecodable();
        app.Damage(ImageObjectKeys.Original(image.Id).Value, _ => unfit);
        await app.ExecuteSqlAsync(
            $"UPDATE images SET recipe = 'older', size_bytes = {unfit.Length}, sha256 = '\\x{Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(unfit))}'"
        );

        await app.RefreshAllAsync();

        var kept = (await app.FindImageAsync(image.Id))!;
        Assert.Equal((image.RenditionSet, image.Recipe, ImageState.Active), (kept.RenditionSet, kept.Recipe, kept.State));
        await app.ExecuteSqlAsync("UPDATE images SET recipe = 'older'");
        await app.InScopeAsync<IJobHandler<RefreshImageJob>, bool>(async h =>
        {
            await h.OnDeadLetteredAsync(new RefreshImageJob(image.Id), Ct);
            return true;
        });
        Assert.Equal(image.Recipe, (await app.FindImageAsync(image.Id))!.Recipe);
    }

    [Fact]
    public async Task Images_stored_unscanned_are_scanned_later_and_an_infected_one_is_quarantined_and_told_to_owner_and_staff()
    {
        await using var app = await GoImgApp.StartAsync();
        var ana = await app.SignUpAsync("ana");
        var mia = await app.SignUpAsync("mia", Role.Moderator);
        var (clean, infected) = (await ana.HasImageAsync(seed: 1), await ana.HasImageAsync(seed: 2, widthPx: 90));
        Assert.False(clean.IsScanned);
        await using var clamd = new FakeClamd
        {
            Verdict = bytes => bytes.AsSpan().SequenceEqual(Pictures.Png(2, 90)) ? "stream: Eicar-Signature FOUND" : "stream: OK",
        };
        await using var later = await app.BesideAsync("Scanning:Kind=clamav", "Scanning:ClamAv=" + clamd.Address, GoImgApp.NoJobs);

        Assert.Equal(2, await later.RefreshAllAsync());
        Assert.Equal(0, await later.RefreshAllAsync());

        Assert.Equal((true, ImageState.Active), ((await app.FindImageAsync(clean.Id))! is var c ? (c.IsScanned, c.State) : default));
        Assert.Equal(ImageState.Quarantined, (await app.FindImageAsync(infected.Id))!.State);
        Assert.Equal(
            [ImageObjectKeys.Quarantine(infected.Id).Value],
            (await app.ObjectsAsync()).Where(k => k.Contains(infected.Id.Value.ToString("n"), StringComparison.Ordinal))
        );
        var toOwner = await ana.NotificationsAsync(1);
        var toStaff = await mia.NotificationsAsync(1);
        Assert.All(new[] { toOwner, toStaff }, told => Assert.Contains("Eicar-Signature", Assert.Single(told).Sentence, StringComparison.Ordinal));
        Assert.Empty(await app.VerifyAsync(isDeep: true, TimeSpan.Zero));
    }
}
