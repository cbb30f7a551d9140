using System.Security.Cryptography;
using GoImg.Core.Images;
using GoImg.Core.Storage;
using GoImg.Infrastructure.Storage;
using GoImg.Infrastructure.Storage.S3;
using GoImg.Tests.Commands;
using GoImg.Tests.Harness;

namespace GoImg.Tests.Storage.S3;

/// <summary>From one kind of store to the other.</summary>
public sealed class StorageCopyTests : IAsyncLifetime
{
    private readonly TempDirectory _directory = new();
    private FakeS3 _server = null!;
    private LocalObjectStore _local = null!;
    private S3ObjectStore _bucket = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _server = await FakeS3.StartAsync();
        _local = new LocalObjectStore(_directory["objects"], reserveBytes: 0, TimeProvider.System);
        _local.Prepare(mustExist: false);
        _bucket = S3Stores.Open(_server.Options, _directory);
    }

    public async ValueTask DisposeAsync()
    {
        _bucket.Dispose();
        await _server.DisposeAsync();
        _directory.Dispose();
    }

    [Fact]
    public async Task A_site_moves_into_a_bucket_while_it_is_used_and_back_and_every_byte_is_right()
    {
        await using var app = await GoImgApp.StartAsync();
        var ana = await app.SignUpAsync("ana");
        var first = await ana.HasImageAsync(Visibility.Public);

        var copied = await CopyAsync(app, "local", "s3");
        var second = await ana.HasImageAsync(Visibility.Public, seed: 2);
        var rest = await CopyAsync(app, "local", "s3");
        var nothing = await CopyAsync(app, "local", "s3");

        Assert.All([copied, rest, nothing], run => Assert.Equal((0, ""), (run.Code, run.Errors)));
        Assert.Contains(", 0 were there", copied.Output, StringComparison.Ordinal);
        Assert.Contains("start it with Storage:Kind=s3", copied.Output, StringComparison.Ordinal);
        Assert.StartsWith("0 objects with 0 bytes copied", nothing.Output, StringComparison.Ordinal);
        await using (var moved = await app.BesideAsync([.. _server.Settings]))
        {
            foreach (var image in new[] { first, second })
                Assert.Equal(HttpStatusCode.OK, (await moved.Anonymous.GetAsync($"/i/{image.Slug}/large", Ct)).StatusCode);
            var verified = await CommandRun.Async(app, ["verify", "--deep", .. _server.Settings.Select(s => "--" + s)]);
            Assert.Equal(0, verified.Code);
            Assert.Equal("image/png", (await _bucket.StatAsync(ImageObjectKeys.Original(first.Id), Ct))!.Metadata.ContentType);
        }

        var back = await CommandRun.Async(
            app,
            ["storage", "copy", "--from", "s3", "--to", "local", .. _server.Settings.Select(s => "--" + s), $"--Storage:Path={_directory["back"]}"]
        );

        Assert.Equal((0, ""), (back.Code, back.Errors));
        await using var returned = await app.BesideAsync(GoImgApp.NoJobs, $"Storage:Path={_directory["back"]}");
        Assert.Equal(await app.ReadAsync(ImageObjectKeys.Original(second.Id)), await returned.ReadAsync(ImageObjectKeys.Original(second.Id)));
    }

    [Fact]
    public async Task What_was_copied_is_not_read_again_and_what_broke_off_is()
    {
        for (var i = 0; i < 5; i++)
            await _local.PutAsync(Key(i), new MemoryStream(RandomNumberGenerator.GetBytes(1000 + i)), Ct);
        _server.Misbehave($"PUT {Key(3)}", (http, _) => FakeS3.FailAsync(http, 403, "AccessDenied"));

        var broken = await RunAsync(_local, _bucket);
        _server.Requests.Clear();
        var again = await RunAsync(_local, _bucket);

        Assert.IsType<CopyOutcome.Failed>(broken[Key(3)]);
        Assert.Equal(4, broken.Values.Count(o => o is CopyOutcome.Copied));
        Assert.IsType<CopyOutcome.Copied>(again[Key(3)]);
        Assert.Equal(4, again.Values.Count(o => o is CopyOutcome.AlreadyThere));
        Assert.DoesNotContain(_server.Requests, r => r.StartsWith("GET originals", StringComparison.Ordinal) && r != $"GET {Key(3)}");
    }

    [Fact]
    public async Task Other_bytes_of_the_same_length_that_are_there_are_replaced_and_the_same_are_left()
    {
        await _local.PutAsync(Key(1), new MemoryStream([1, 2, 3]), Ct);
        await _local.PutAsync(Key(2), new MemoryStream([1, 2, 3]), Ct);
        await _bucket.PutAsync(Key(1), new MemoryStream([3, 2, 1]), Ct);
        await _bucket.PutAsync(Key(2), new MemoryStream([1, 2, 3]), Ct);

        var outcomes = await RunAsync(_local, _bucket);

        Assert.Equal([1, 2, 3], _server.Objects[Key(1).Value].Bytes);
        Assert.IsType<CopyOutcome.Copied>(outcomes[Key(1)]);
        Assert.IsType<CopyOutcome.AlreadyThere>(outcomes[Key(2)]);
    }

    [Fact]
    public async Task What_is_read_back_differently_is_a_failure_and_no_copy()
    {
        await _local.PutAsync(Key(1), new MemoryStream([1, 2, 3]), Ct);
        _server.Misbehave(
            $"PUT {Key(1)}",
            async (_, answer) =>
            {
                await answer();
                _server.Objects[Key(1).Value] = _server.Objects[Key(1).Value] with { Bytes = [9, 9, 9], ETag = StoredObject.TagOf([9, 9, 9]) };
            }
        );

        var failed = await RunAsync(_local, _bucket);

        Assert.Equal(new CopyOutcome.Failed(CopyFailure.CopyDiffers), failed[Key(1)]);
        Assert.DoesNotContain(Key(1).Value, _server.Objects.Keys);
    }

    [Fact]
    public async Task What_rotted_in_the_bucket_is_not_copied_back()
    {
        await _local.PutAsync(Key(1), new MemoryStream([1, 2, 3]), Ct);
        await RunAsync(_local, _bucket);
        _server.Objects[Key(1).Value] = _server.Objects[Key(1).Value] with { Bytes = [1, 2, 4], ETag = StoredObject.TagOf([1, 2, 4]) };
        await _local.DeleteAsync(Key(1), Ct);

        var failed = await RunAsync(_bucket, _local);

        Assert.Equal(new CopyOutcome.Failed(CopyFailure.SourceIsDamaged), failed[Key(1)]);
        Assert.Null(await _local.StatAsync(Key(1), Ct));
    }

    [Theory]
    [InlineData("two stores that differ", "--from", "local", "--to", "local")]
    [InlineData("ftp", "--from", "local", "--to", "ftp")]
    [InlineData("--to", "--from", "local")]
    public async Task Stores_that_can_not_be_copied_between_are_refused(string named, params string[] words)
    {
        var run = await CommandRun.Async("Host=nowhere", _directory.Path, ["storage", "copy", .. words]);

        Assert.Equal(2, run.Code);
        Assert.Contains(named, run.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_missing_source_is_not_made()
    {
        var run = await CommandRun.Async(
            "Host=nowhere",
            _directory["elsewhere"],
            ["storage", "copy", "--from", "local", "--to", "s3", .. _server.Settings.Select(s => "--" + s)]
        );

        Assert.Equal(1, run.Code);
        Assert.Contains("is gone: its marker", run.Errors, StringComparison.Ordinal);
        Assert.Empty(_server.Objects);
    }

    private static ObjectKey Key(int i) => ObjectKey.Parse($"originals/ab/{i}");

    private Task<CommandRun> CopyAsync(GoImgApp app, string from, string to) =>
        CommandRun.Async(app, ["storage", "copy", "--from", from, "--to", to, .. _server.Settings.Skip(1).Select(s => "--" + s)]);

    private static async Task<Dictionary<ObjectKey, CopyOutcome>> RunAsync(IObjectStore from, IObjectStore to)
    {
        var outcomes = new Dictionary<ObjectKey, CopyOutcome>();
        await new CopyObjects(from, to).RunAsync(2, outcomes.Add, Ct);
        return outcomes;
    }
}
