using GoImg.Core.Images;
using GoImg.Core.Jobs;
using GoImg.Core.Rendering;
using GoImg.Core.Shared;
using GoImg.Core.Storage;
using GoImg.Tests.Harness;
using GoImg.Tests.Integrity;
using Microsoft.Extensions.DependencyInjection;

namespace GoImg.Tests.Images;

public sealed class PrepareImageTests
{
    private const string QuickRetries = "Jobs:RetryDelays:0=00:00:00.01";

    [Fact]
    public async Task A_file_that_can_not_be_decoded_fails_with_a_reason_its_owner_can_act_on()
    {
        await using var app = await GoImgApp.StartAsync();
        var ana = await app.SignUpAsync("ana");

        var uploaded = (await ana.UploadAsync(Pictures.Undecodable())).Value();
        var image = await app.WaitForImageAsync(uploaded.ImageId);

        Assert.Equal(ImageState.Failed, image.State);
        Assert.Equal(new ImageFileErrors.NotDecodable().Code, image.FailureCode);
        Assert.Empty(await app.ObjectsAsync("renditions/"));
        Assert.Single(await app.ObjectsAsync("originals/"));
    }

    [Fact]
    public async Task A_failed_image_can_be_tried_again_by_its_owner()
    {
        await using var app = await GoImgApp.StartAsync();
        var ana = await app.SignUpAsync("ana");
        var ready = await ana.HasImageAsync();
        await app.ExecuteSqlAsync("UPDATE images SET state = 'Failed', failure_code = 'image.gave_up', failure_reason = 'x'");

        var retried = await app.InScopeAsync<ImageService, Result>(service => service.RetryAsync(ana.Actor, ready.Id, CancellationToken.None));
        var image = await app.WaitForImageAsync(ready.Id);

        Assert.True(retried.IsSuccess);
        Assert.Equal((ImageState.Active, null), (image.State, image.FailureReason));
    }

    [Fact]
    public async Task An_infected_upload_is_quarantined_and_its_bytes_are_gone_from_where_they_are_served()
    {
        await using var clamd = new FakeClamd { Verdict = _ => "stream: Eicar-Signature FOUND" };
        await using var app = await GoImgApp.StartAsync("Scanning:Kind=clamav", "Scanning:ClamAv=" + clamd.Address);
        var ana = await app.SignUpAsync("ana");

        var uploaded = (await ana.UploadAsync(Pictures.Png(), Visibility.Public)).Value();
        var image = await app.WaitForImageAsync(uploaded.ImageId);
        await Eventually.TrueAsync(async () => (await app.ObjectsAsync("originals/")).Count == 0);

        Assert.Equal((ImageState.Quarantined, "image.infected", true), (image.State, image.FailureCode, image.IsScanned));
        Assert.Contains("Eicar-Signature", image.FailureReason);
        Assert.Equal([ImageObjectKeys.Quarantine(image.Id).Value], await app.ObjectsAsync());
        using var original = await ana.GetAsync($"/i/{image.Slug}/download");
        using var rendition = await ana.GetAsync($"/i/{image.Slug}/large");
        Assert.Equal((HttpStatusCode.NotFound, HttpStatusCode.NotFound), (original.StatusCode, rendition.StatusCode));
    }

    [Theory]
    [InlineData("INSTREAM size limit exceeded. ERROR")]
    [InlineData("")]
    [InlineData(null)]
    public async Task A_scanner_without_a_verdict_makes_images_wait_and_none_is_published_unscanned(string? answer)
    {
        await using var clamd = new FakeClamd { Verdict = _ => answer };
        await using var app = await GoImgApp.StartAsync("Scanning:Kind=clamav", "Scanning:ClamAv=" + clamd.Address);
        var ana = await app.SignUpAsync("ana");

        var uploaded = (await ana.UploadAsync(Pictures.Png())).Value();
        await Eventually.GetAsync(
            () => app.FindImageAsync(uploaded.ImageId),
            i => i is { State: ImageState.Processing, Stage: ImageStage.WaitingForScanner }
        );
        clamd.Verdict = _ => "stream: OK";
        await Eventually.TrueAsync(async () =>
            await app.ExecuteSqlAsync("UPDATE jobs SET run_at = now() WHERE state = 'Waiting' AND kind = 'image.prepare' AND attempts = 0") == 1
        );

        var image = await app.WaitForImageAsync(uploaded.ImageId);
        Assert.Equal((ImageState.Active, true), (image.State, image.IsScanned));
    }

    [Fact]
    public async Task A_scanner_that_can_not_be_reached_makes_images_wait()
    {
        await using var app = await GoImgApp.StartAsync("Scanning:Kind=clamav", "Scanning:ClamAv=127.0.0.1:1");
        var ana = await app.SignUpAsync("ana");

        var uploaded = (await ana.UploadAsync(Pictures.Png())).Value();

        await Eventually.GetAsync(
            () => app.FindImageAsync(uploaded.ImageId),
            i => i is { State: ImageState.Processing, Stage: ImageStage.WaitingForScanner }
        );
    }

    [Fact]
    public async Task The_same_job_twice_at_the_same_time_gives_one_set_of_everything()
    {
        await using var app = await GoImgApp.StartAsync(GoImgApp.NoJobs);
        var ana = await app.SignUpAsync("ana");
        var uploaded = (await ana.UploadAsync(Pictures.Png())).Value();

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => RunAsync(app, uploaded.ImageId)));

        Assert.All(outcomes, o => Assert.IsType<JobOutcome.Done>(o));
        var image = (await app.FindImageAsync(uploaded.ImageId))!;
        Assert.Equal(ImageState.Active, image.State);
        Assert.Equal(2, (await app.ObjectsAsync()).Count);
    }

    [Fact]
    public async Task Fifty_jobs_each_delivered_twice_at_once_leave_one_of_everything_and_nothing_over()
    {
        await using var app = await GoImgApp.StartAsync(GoImgApp.NoJobs);
        var ana = await app.SignUpAsync("ana");
        var images = new List<ImageId>();
        for (var seed = 1; seed <= 50; seed++)
            images.Add((await ana.UploadAsync(Pictures.Png(seed, 20, 16))).Value().ImageId);

        await Parallel.ForEachAsync(
            images,
            new ParallelOptions { MaxDegreeOfParallelism = 3 },
            async (image, _) => Assert.All(await Task.WhenAll(RunAsync(app, image), RunAsync(app, image)), o => Assert.IsType<JobOutcome.Done>(o))
        );

        Assert.Equal(100, (await app.ObjectsAsync()).Count);
        await app.ExecuteSqlAsync("DELETE FROM jobs");
        Assert.Empty(await app.VerifyAsync(isDeep: true, TimeSpan.Zero));
    }

    [Fact]
    public async Task An_edit_during_the_preparation_is_kept()
    {
        await using var app = await GoImgApp.StartAsync(GoImgApp.NoJobs);
        var ana = await app.SignUpAsync("ana");
        var uploaded = (await ana.UploadAsync(Pictures.Png())).Value();
        var renamed = ImageDetails.Create("Renamed meanwhile", "", "", [], Visibility.Public, ContentRating.Safe).Value();

        await RunAsync(
            app,
            uploaded.ImageId,
            new During(
                "prepare.after-store",
                () =>
                    app.InScopeAsync<ImageService, Result>(service =>
                        service.EditAsync(ana.Actor, uploaded.ImageId, new ImageEdit(renamed, null), CancellationToken.None)
                    )
            )
        );

        var image = (await app.FindImageAsync(uploaded.ImageId))!;
        Assert.Equal((ImageState.Active, "Renamed meanwhile", Visibility.Public), (image.State, image.Title, image.Visibility));
    }

    [Fact]
    public async Task An_image_that_went_to_the_trash_meanwhile_is_ready_when_it_comes_back()
    {
        await using var app = await GoImgApp.StartAsync(GoImgApp.NoJobs);
        var ana = await app.SignUpAsync("ana");
        var uploaded = (await ana.UploadAsync(Pictures.Png())).Value();

        await RunAsync(
            app,
            uploaded.ImageId,
            new During(
                "prepare.after-render",
                () => app.InScopeAsync<Trash, Result>(trash => trash.MoveAsync(ana.Actor, uploaded.ImageId, CancellationToken.None))
            )
        );
        Assert.Equal(ImageState.Deleted, (await app.FindImageAsync(uploaded.ImageId))!.State);
        await app.InScopeAsync<Trash, Result>(trash => trash.RestoreAsync(ana.Actor, uploaded.ImageId, CancellationToken.None));

        Assert.Equal(ImageState.Active, (await app.FindImageAsync(uploaded.ImageId))!.State);
    }

    [Fact]
    public async Task A_lost_original_is_said_and_given_up_means_failed()
    {
        await using var app = await GoImgApp.StartAsync(GoImgApp.NoJobs);
        var ana = await app.SignUpAsync("ana");
        var lost = (await ana.UploadAsync(Pictures.Png(1))).Value();
        var doomed = (await ana.UploadAsync(Pictures.Png(2))).Value();

        await app.Services.GetRequiredService<IObjectStore>().DeleteAsync(ImageObjectKeys.Original(lost.ImageId), CancellationToken.None);
        await RunAsync(app, lost.ImageId);
        await app.InScopeAsync<IJobHandler<PrepareImageJob>, bool>(async handler =>
        {
            await handler.OnDeadLetteredAsync(new PrepareImageJob(doomed.ImageId), CancellationToken.None);
            return true;
        });

        Assert.Equal("image.original_lost", (await app.FindImageAsync(lost.ImageId))!.FailureCode);
        Assert.Equal("image.gave_up", (await app.FindImageAsync(doomed.ImageId))!.FailureCode);
    }

    [Theory]
    [InlineData("job.after-claim.image.prepare")]
    [InlineData("prepare.after-scan")]
    [InlineData("prepare.after-render")]
    [InlineData("prepare.after-store")]
    [InlineData("prepare.before-commit")]
    public async Task A_failure_at_any_step_is_made_good_by_the_next_attempt(string failpoint)
    {
        await using var app = await GoImgApp.StartAsync($"GOIMG_FAILPOINTS={failpoint}:error*1", QuickRetries);
        var ana = await app.SignUpAsync("ana");

        var image = await ana.HasImageAsync();

        Assert.Equal(ImageStage.Ready, image.Stage);
        // What the failed attempt stored is removed once the image is seen.
        await Eventually.GetAsync(() => app.ObjectsAsync(), objects => objects.Count == 2);
    }

    [Fact]
    public async Task An_image_that_fails_at_every_attempt_ends_failed_with_a_reason()
    {
        await using var app = await GoImgApp.StartAsync("GOIMG_FAILPOINTS=prepare.after-render:error", QuickRetries);
        var ana = await app.SignUpAsync("ana");

        var uploaded = (await ana.UploadAsync(Pictures.Png())).Value();
        var image = await app.WaitForImageAsync(uploaded.ImageId);

        Assert.Equal((ImageState.Failed, "image.gave_up"), (image.State, image.FailureCode));
    }

    private static async Task<JobOutcome> RunAsync(GoImgApp app, ImageId image, IFailpoints? failpoints = null)
    {
        await using var scope = app.Services.CreateAsyncScope();
        var handler = ActivatorUtilities.CreateInstance<PrepareImage>(scope.ServiceProvider, failpoints is null ? [] : [failpoints]);
        return await handler.HandleAsync(new PrepareImageJob(image), new JobAttempt(1, 4), TestContext.Current.CancellationToken);
    }

    /// <summary>Does something at one point of the work.</summary>
    private sealed class During(string name, Func<Task> act) : IFailpoints
    {
        public async ValueTask HitAsync(string hit, CancellationToken cancellationToken)
        {
            if (hit == name)
                await act();
        }
    }
}
