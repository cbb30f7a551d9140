using System.IO.Compression;
using System.Net.Http.Headers;
using GoImg.Core.Images;
using GoImg.Core.Integrity;
using GoImg.Core.Jobs;
using GoImg.Core.Shared;
using GoImg.Tests.Commands;
using GoImg.Tests.Export;
using GoImg.Tests.Harness;
using GoImg.Tests.Integrity;

namespace GoImg.Tests.Storage.S3;

/// <summary>A site whose pictures are in a bucket of OpenStack Swift, from the first byte to the last.</summary>
[Trait("Duration", "long")]
public sealed class S3StoryTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Upload_on_two_nodes_view_download_trash_export_scrub_and_verify()
    {
        var settings = S3Stores.Settings(await SwiftServer.NewPlaceAsync());
        await using var app = await GoImgApp.StartAsync([.. settings, "Integrity:ScrubMiBPerSecond=0"]);
        await using var other = await app.BesideAsync([.. settings, GoImgApp.NoJobs, $"Storage:S3:LocalPath={app.DataPath}/other"]);
        var ana = await app.SignUpAsync("ana");
        // Larger than a part: it is put in parts too.
        var file = Pictures.Noisy(1, 2500, 2400);

        using var api = new ApiClient(app);
        await api.SignInAsync("ana");
        using var here = new TusClient(app.Address, api.AccessToken);
        using var there = new TusClient(other.Address, api.AccessToken);
        var upload = (await here.CreateAsync(file.Length)).Place;
        await here.PatchAsync(upload, 0, file[..10_000_000]);
        var finished = await there.PatchAsync(new Uri(new Uri("http://any"), upload).AbsolutePath, 10_000_000, file[10_000_000..]);

        Assert.Equal(file.Length, finished.Offset);
        var large = await app.InScopeAsync<IImages, Image?>(images =>
            images.FindByHashAsync(ana.Id, System.Security.Cryptography.SHA256.HashData(file), Ct)
        );
        await app.WaitForImageAsync(large!.Id, ImageState.Active);
        using var original = await ana.GetAsync($"/i/{large.Slug}/download");
        Assert.Equal(file, await original.Content.ReadAsByteArrayAsync(Ct));
        using var ranged = new HttpRequestMessage(HttpMethod.Get, $"/i/{large.Slug}/download")
        {
            Headers = { Range = new RangeHeaderValue(17_000_000, 17_000_009) },
        };
        using var part = await ana.Http.SendAsync(ranged, Ct);
        Assert.Equal(file[17_000_000..17_000_010], await part.Content.ReadAsByteArrayAsync(Ct));
        using var shown = await ana.GetAsync($"/i/{large.Slug}/xlarge");
        Assert.Equal(HttpStatusCode.OK, shown.StatusCode);

        var trashed = await ana.HasImageAsync(seed: 2);
        await app.InScopeAsync<Trash, Result>(s => s.MoveAsync(ana.Actor, trashed.Id, Ct));
        await app.InScopeAsync<DeletePermanently, Result>(s => s.OneAsync(ana.Actor, trashed.Id, Ct));
        await Eventually.TrueAsync(async () =>
            !(await app.ObjectsAsync()).Any(key => key.Contains(trashed.Id.Value.ToString("n"), StringComparison.Ordinal))
        );

        using var exported = await ana.GetAsync(await ExportTests.RequestAsync(ana));
        await using var zip = new ZipArchive(await exported.Content.ReadAsStreamAsync(Ct));
        var entry = Assert.Single(zip.Entries, e => e.FullName.StartsWith("originals/", StringComparison.Ordinal));
        Assert.Equal(file.Length, entry.Length);

        Assert.IsType<JobOutcome.Done>(await app.RunAsync(new SweepImagesJob()));
        Assert.IsType<JobOutcome.Done>(await app.RunAsync(new ScrubImagesJob()));
        var verified = await CommandRun.Async(app, ["verify", "--deep", .. settings.Select(s => "--" + s)]);
        Assert.Equal((0, ""), (verified.Code, verified.Errors));
        using var ready = await app.Anonymous.GetAsync("/health/ready", Ct);
        Assert.Equal(HttpStatusCode.OK, ready.StatusCode);
        Assert.False(Directory.Exists(Path.Combine(app.DataPath, "objects")));
        Assert.Empty(app.StagedFiles());
        Assert.Empty(Directory.EnumerateFiles(Path.Combine(app.DataPath, "s3", "staging")));
        Assert.Empty(await app.ObjectsAsync("uploads/"));
    }
}
