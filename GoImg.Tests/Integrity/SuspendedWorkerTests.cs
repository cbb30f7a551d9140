using GoImg.Core.Images;
using GoImg.Tests.Harness;

namespace GoImg.Tests.Integrity;

[Trait("Duration", "long")]
public sealed class SuspendedWorkerTests
{
    [Fact]
    public async Task A_worker_that_slept_through_its_lease_saves_nothing_and_harms_nothing_when_it_wakes()
    {
        using var data = new TempDirectory();
        var database = await PostgresFixture.NewDatabaseAsync();
        ImageId image;
        await using (var before = await GoImgApp.OverAsync(database, data.Path, GoImgApp.NoJobs))
            image = (await (await before.SignUpAsync("ana")).UploadAsync(Pictures.Png())).Value().ImageId;

        // Stops at the threshold of its commit, and ends itself before it would tell the queue: so its end shows that it has been through.
        using var sleeper = new ServerProcess(
            database,
            data.Path,
            // Longer than rendering takes on a busy machine: who loses the lease before does not come to the threshold.
            "Jobs:Lease=00:00:08",
            "Jobs:Heartbeat=01:00:00",
            "Jobs:RescueInterval=01:00:00",
            "GOIMG_FAILPOINTS=prepare.before-commit:pause*1,job.before-settle.image.prepare:kill"
        );
        sleeper.Launch();
        await Eventually.TrueAsync(() => Task.FromResult(RenditionsOf(data.Path, image) == 1), TimeSpan.FromSeconds(60));
        await sleeper.SignalAsync("STOP");

        await using var app = await GoImgApp.OverAsync(database, data.Path, "Jobs:RescueInterval=00:00:00.2");
        var published = await app.WaitForImageAsync(image);
        await sleeper.SignalAsync("CONT");
        Assert.Equal(137, await sleeper.WaitForEndAsync());

        var now = (await app.FindImageAsync(image))!;
        Assert.Equal((ImageState.Active, published.RenditionSet, published.Version), (now.State, now.RenditionSet, now.Version));
        await app.AssertNothingIsLostAsync(new Dictionary<ImageId, byte[]> { [image] = now.Sha256 }, "slept");
    }

    private static int RenditionsOf(string dataPath, ImageId image)
    {
        var directory = Path.Combine(dataPath, "objects", ImageObjectKeys.RenditionsOf(image));
        return Directory.Exists(directory) ? Directory.GetFiles(directory).Length : 0;
    }
}
