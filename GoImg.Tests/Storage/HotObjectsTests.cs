using GoImg.Core.Storage;
using GoImg.Infrastructure.Storage;
using GoImg.Tests.Harness;
using Microsoft.Extensions.Time.Testing;

namespace GoImg.Tests.Storage;

public sealed class HotObjectsTests : IDisposable
{
    private readonly TempDirectory _directory = new();
    private readonly FakeTimeProvider _clock = new();
    private readonly LocalObjectStore _store;

    public HotObjectsTests()
    {
        _store = new LocalObjectStore(_directory.Path, reserveBytes: 0, _clock);
        _store.Prepare(mustExist: false);
    }

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task What_is_asked_for_again_is_read_from_memory_and_whole()
    {
        var (hot, key) = (Hot(1000), await PutAsync("a/1", 100));

        Assert.False(await IsFromMemoryAsync(hot, key, 100));
        Assert.True(await IsFromMemoryAsync(hot, key, 100));
        await _store.DeleteAsync(key, Stop);
        await using var kept = await hot.OpenWholeAsync(key, 100, Stop);

        Assert.Equal(Bytes(100), await ReadAsync(kept!));
    }

    [Fact]
    public async Task Memory_is_bounded_and_what_was_asked_for_last_stays()
    {
        var hot = Hot(250);
        var keys = new[] { await PutAsync("a/1", 100), await PutAsync("a/2", 100), await PutAsync("a/3", 100) };
        foreach (var key in new[] { keys[0], keys[1], keys[0], keys[2] })
        {
            await IsFromMemoryAsync(hot, key, 100);
            await IsFromMemoryAsync(hot, key, 100);
        }

        foreach (var key in keys)
            await _store.DeleteAsync(key, Stop);
        Assert.Equal((true, false, true), (await IsThereAsync(keys[0]), await IsThereAsync(keys[1]), await IsThereAsync(keys[2])));

        async Task<bool> IsThereAsync(ObjectKey key)
        {
            await using var content = await hot.OpenWholeAsync(key, 100, Stop);
            return content is not null;
        }
    }

    [Fact]
    public async Task Large_objects_and_all_without_memory_come_from_the_store()
    {
        var large = await PutAsync("a/1", (int)HotObjects.LargestBytes + 1);
        var small = await PutAsync("a/2", 10);

        for (var i = 0; i < 3; i++)
        {
            Assert.False(await IsFromMemoryAsync(Hot(10 << 20), large, HotObjects.LargestBytes + 1));
            Assert.False(await IsFromMemoryAsync(Hot(0), small, 10));
        }
    }

    [Fact]
    public async Task What_is_forgotten_is_gone_at_once_and_everything_after_ten_minutes()
    {
        var hot = Hot(1000);
        var (first, second) = (await PutAsync("a/1", 10), await PutAsync("b/1", 10));
        foreach (var key in new[] { first, first, second, second })
            await IsFromMemoryAsync(hot, key, 10);
        await _store.DeleteAsync(first, Stop);
        await _store.DeleteAsync(second, Stop);

        hot.Forget("a/");
        Assert.Null(await hot.OpenWholeAsync(first, 10, Stop));
        Assert.NotNull(await hot.OpenWholeAsync(second, 10, Stop));

        _clock.Advance(TimeSpan.FromMinutes(11));
        Assert.Null(await hot.OpenWholeAsync(second, 10, Stop));
    }

    [Fact]
    public async Task A_damaged_object_is_not_kept()
    {
        var (hot, key) = (Hot(1000), await PutAsync("a/1", 10));

        for (var i = 0; i < 3; i++)
            await Assert.ThrowsAsync<ObjectDamagedException>(() => hot.OpenWholeAsync(key, 11, Stop));
    }

    private HotObjects Hot(long bytes) => new(_store, new StorageOptions { MemoryBytes = bytes }, _clock);

    private async Task<ObjectKey> PutAsync(string name, int length)
    {
        var key = ObjectKey.Parse(name);
        await _store.PutAsync(key, new MemoryStream(Bytes(length)), ObjectMetadata.Private("image/webp"), Stop);
        return key;
    }

    private static byte[] Bytes(int length) => [.. Enumerable.Range(0, length).Select(i => (byte)i)];

    private static async Task<bool> IsFromMemoryAsync(HotObjects hot, ObjectKey key, long length)
    {
        await using var content = await hot.OpenWholeAsync(key, length, Stop);
        return content is MemoryStream;
    }

    private static async Task<byte[]> ReadAsync(Stream content)
    {
        using var copy = new MemoryStream();
        await content.CopyToAsync(copy, Stop);
        return copy.ToArray();
    }
}
