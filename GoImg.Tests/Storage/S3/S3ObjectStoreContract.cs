using System.Security.Cryptography;
using GoImg.Core.Storage;
using GoImg.Infrastructure.Storage.S3;
using GoImg.Tests.Harness;

namespace GoImg.Tests.Storage.S3;

/// <summary>What a store in a bucket does besides, at any server.</summary>
public abstract class S3ObjectStoreContract : ObjectStoreContract, IAsyncLifetime
{
    private static readonly ObjectKey Key = ObjectKey.Parse("originals/ab/cat");

    private readonly TempDirectory _node = new();
    private S3ObjectStore? _store;

    protected override IObjectStore Store => _store!;

    protected override int Rounds => 5;

    private protected S3Options Options { get; private set; } = null!;

    /// <summary>A place in a bucket that is this test's own.</summary>
    private protected abstract Task<S3Options> OpenPlaceAsync();

    public async ValueTask InitializeAsync()
    {
        Options = await OpenPlaceAsync();
        _store = S3Stores.Open(Options, _node);
    }

    public virtual ValueTask DisposeAsync()
    {
        _store?.Dispose();
        _node.Dispose();
        GC.SuppressFinalize(this);
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task A_large_file_goes_in_parts_and_is_one_object_with_what_was_said_of_it()
    {
        var bytes = RandomNumberGenerator.GetBytes(S3Upload.PartBytes + 1234);

        await Store.PutAsync(Key, new MemoryStream(bytes), ObjectMetadata.Private("image/png"), Ct);

        Assert.Equal(SHA256.HashData(bytes), SHA256.HashData((await ReadAsync(Key))!));
        var info = await Store.StatAsync(Key, Ct);
        Assert.Equal((bytes.Length, "image/png"), (info!.LengthBytes, info.Metadata.ContentType));
        await using var part = await Store.OpenAsync(Key, new ByteRange(S3Upload.PartBytes - 2, 4), Ct);
        var across = new byte[4];
        await part!.Content.ReadExactlyAsync(across, Ct);
        Assert.Equal(bytes[(S3Upload.PartBytes - 2)..(S3Upload.PartBytes + 2)], across);
        Assert.Equal(0, await Store.SweepStagedAsync(TimeSpan.FromMinutes(-5), Ct));
    }

    [Fact]
    public async Task Parts_that_became_no_object_are_no_object_and_swept_when_they_are_old_enough()
    {
        await S3Stores.LeaveUploadAsync(Options, "originals/ab/left", Ct);

        Assert.Empty(await ListAsync(""));
        Assert.Equal(0, await Store.SweepStagedAsync(TimeSpan.FromHours(1), Ct));
        Assert.Equal(1, await Store.SweepStagedAsync(TimeSpan.FromMinutes(-5), Ct));
        Assert.Equal(0, await Store.SweepStagedAsync(TimeSpan.FromMinutes(-5), Ct));
    }

    [Fact]
    public async Task What_lies_beside_the_prefix_is_another_sites()
    {
        using var node = new TempDirectory();
        var next = Options;
        using var other = S3Stores.Open(
            new S3Options
            {
                Endpoint = next.Endpoint,
                Bucket = next.Bucket,
                AccessKey = next.AccessKey,
                SecretKey = next.SecretKey,
                Prefix = next.Prefix + "beside/",
            },
            node
        );

        await other.PutAsync(Key, new MemoryStream([1]), Ct);

        Assert.Null(await Store.StatAsync(Key, Ct));
        Assert.Equal(1, (await other.StatAsync(Key, Ct))!.LengthBytes);
    }

    [Fact]
    public async Task A_signed_address_gives_the_object_to_anyone_until_its_time_is_over_and_no_changed_one_does()
    {
        await Store.PutAsync(Key, new MemoryStream([1, 2, 3]), ObjectMetadata.Private("image/webp"), Ct);
        using var anyone = new HttpClient();

        var address = await Store.GetSignedUrlAsync(Key, TimeSpan.FromMinutes(5), Ct);
        using var given = await anyone.GetAsync(address, Ct);
        using var changed = await anyone.GetAsync(address.AbsoluteUri.Replace("/cat?", "/dog?", StringComparison.Ordinal), Ct);
        using var bare = await anyone.GetAsync(address.GetLeftPart(UriPartial.Path), Ct);

        Assert.Equal([1, 2, 3], await given.Content.ReadAsByteArrayAsync(Ct));
        Assert.Equal("image/webp", given.Content.Headers.ContentType?.MediaType);
        Assert.True(given.Headers.CacheControl is { Private: true, NoStore: true });
        Assert.Equal(HttpStatusCode.Forbidden, changed.StatusCode);
        Assert.InRange((int)bare.StatusCode, 400, 403);
    }
}
