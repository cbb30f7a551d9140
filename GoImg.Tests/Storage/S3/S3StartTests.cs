using GoImg.Core.Images;
using GoImg.Infrastructure.Storage.S3;
using GoImg.Tests.Harness;
using GoImg.Web.Hosting;

namespace GoImg.Tests.Storage.S3;

/// <summary>A site whose pictures are to be in a bucket, and what it does at start when that is the wrong one, refuses, or is away.</summary>
public sealed class S3StartTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("Storage:S3:Bucket=holiday", "answers 404 NoSuchBucket", "Make the bucket, or name another in Storage:S3:Bucket.")]
    [InlineData("Storage:S3:AccessKey=nobody", "answers 403 InvalidAccessKeyId", "Storage:S3:AccessKey (or AWS_ACCESS_KEY_ID) is not known there.")]
    [InlineData("Storage:S3:SecretKey=guessed", "answers 403 SignatureDoesNotMatch", "Storage:S3:SecretKey (or AWS_SECRET_ACCESS_KEY) is wrong")]
    public async Task A_server_that_refuses_stops_the_start_with_its_reason(string wrong, string reason, string hint)
    {
        await using var server = await FakeS3.StartAsync();

        var refused = await Record.ExceptionAsync(async () => await (await GoImgApp.StartAsync([.. server.Settings, wrong])).DisposeAsync());

        var words = StartupErrors.Explain(refused!);
        Assert.Contains(reason, words, StringComparison.Ordinal);
        Assert.Contains(hint, words, StringComparison.Ordinal);
        Assert.DoesNotContain(FakeS3.SecretKey, words, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_bucket_without_the_objects_of_the_database_stops_the_start_and_stays_as_it_was()
    {
        await using var server = await FakeS3.StartAsync();
        await using var app = await GoImgApp.StartAsync([.. server.Settings, GoImgApp.NoJobs]);
        var ana = await app.SignUpAsync("ana");
        (await ana.UploadAsync(Pictures.Png())).Value();
        await using var other = await FakeS3.StartAsync();

        var refused = await Record.ExceptionAsync(async () => await (await app.BesideAsync(other.Settings)).DisposeAsync());

        Assert.Contains("its marker _goimg-objects is missing", StartupErrors.Explain(refused!), StringComparison.Ordinal);
        Assert.Empty(other.Objects);
        // And the right one is taken.
        await (await app.BesideAsync([.. server.Settings, GoImgApp.NoJobs])).DisposeAsync();
    }

    [Fact]
    public async Task What_a_killed_process_left_staged_is_removed_by_a_later_start_on_its_node()
    {
        await using var server = await FakeS3.StartAsync();
        await using var app = await GoImgApp.StartAsync([.. server.Settings, GoImgApp.NoJobs]);
        var staging = Path.Combine(app.DataPath, "s3", "staging");
        var (old, young) = (Path.Combine(staging, "old"), Path.Combine(staging, "young"));
        await File.WriteAllTextAsync(old, "left", Ct);
        await File.WriteAllTextAsync(young, "under way", Ct);
        File.SetLastWriteTimeUtc(old, TimeProvider.System.GetUtcNow().UtcDateTime.AddDays(-2));

        await (await app.BesideAsync([.. server.Settings, "Node:Role=web"])).DisposeAsync();

        Assert.Equal([young], Directory.GetFiles(staging));
    }

    [Fact]
    public async Task A_server_that_is_away_is_waited_for_by_uploads_alone_and_all_goes_on_when_it_is_back()
    {
        var port = ServerProcess.FreePort();
        string[] settings = S3Stores.Settings(
            new S3Options
            {
                Endpoint = new Uri($"http://127.0.0.1:{port}"),
                Bucket = FakeS3.Bucket,
                AccessKey = FakeS3.AccessKey,
                SecretKey = FakeS3.SecretKey,
            }
        );
        await using var app = await GoImgApp.StartAsync([.. settings, GoImgApp.NoJobs]);
        var ana = await app.SignUpAsync("ana");

        var refused = await ana.UploadAsync(Pictures.Png());
        using var page = await app.Anonymous.GetAsync("/", Ct);
        using var ready = await app.Anonymous.GetAsync("/health/ready", Ct);

        Assert.IsType<ImageErrors.StorageIsDown>(refused.Error);
        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK), (page.StatusCode, ready.StatusCode));
        Assert.Contains("Away: uploads are refused", await ready.Content.ReadAsStringAsync(Ct), StringComparison.Ordinal);

        await using var server = await FakeS3.StartAsync(port);

        var image = (await ana.UploadAsync(Pictures.Png())).Value().ImageId;
        Assert.Contains(ImageObjectKeys.Original(image).Value, server.Objects.Keys);
        Assert.Contains("_goimg-objects", server.Objects.Keys);
    }
}
