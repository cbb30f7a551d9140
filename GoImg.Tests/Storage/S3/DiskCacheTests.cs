using System.Security.Cryptography;
using GoImg.Core.Storage;
using GoImg.Infrastructure.Storage;
using GoImg.Infrastructure.Storage.S3;
using GoImg.Tests.Harness;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace GoImg.Tests.Storage.S3;

/// <summary>What is on a node's disk of a store that is far away; a directory stands for the store.</summary>
public sealed class DiskCacheTests : IDisposable
{
    private readonly TempDirectory _directory = new();
    private readonly FakeTimeProvider _clock = new(TimeProvider.System.GetUtcNow());
    private readonly LocalObjectStore _store;

    public DiskCacheTests()
    {
        _store = new LocalObjectStore(_directory["far"], reserveBytes: 0, TimeProvider.System);
        _store.Prepare(mustExist: false);
    }

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private string[] Files => Directory.Exists(_directory["cache"]) ? Directory.GetFiles(_directory["cache"]) : [];

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task What_was_asked_for_once_comes_from_the_disk_also_after_a_restart()
    {
        var key = await PutAsync("renditions/ab/1/a.large.webp", 1000);
        await AssertReadAsync(Cache(), key, 1000);

        await _store.DeleteAsync(key, Ct);

        await AssertReadAsync(Cache(), key, 1000);
    }

    [Fact]
    public async Task A_file_that_rotted_comes_from_the_store_again()
    {
        var key = await PutAsync("renditions/ab/1/a.large.webp", 1000);
        var cache = Cache();
        await AssertReadAsync(cache, key, 1000);
        var bytes = await File.ReadAllBytesAsync(Files.Single(), Ct);
        bytes[500] ^= 1;
        await File.WriteAllBytesAsync(Files.Single(), bytes, Ct);

        await AssertReadAsync(cache, key, 1000);

        await _store.DeleteAsync(key, Ct);
        await AssertReadAsync(cache, key, 1000);
    }

    [Fact]
    public async Task A_cached_file_of_another_length_than_the_database_promises_is_not_given_out()
    {
        var key = await PutAsync("renditions/ab/1/a.large.webp", 1000);
        var cache = Cache();
        await AssertReadAsync(cache, key, 1000);

        await Assert.ThrowsAsync<ObjectDamagedException>(() => cache.OpenWholeAsync(key, 999, Ct));
    }

    [Fact]
    public async Task The_disk_is_bounded_and_what_was_asked_for_last_stays_also_over_a_restart()
    {
        var cache = Cache(maxBytes: 1000);
        var keys = new List<ObjectKey>();
        for (var i = 0; i < 5; i++)
            keys.Add(await PutAsync($"renditions/ab/{i}/a.large.webp", 250));
        foreach (var i in new[] { 0, 1, 2, 3, 0, 4 })
        {
            _clock.Advance(TimeSpan.FromHours(1));
            await AssertReadAsync(cache, keys[i], 250);
        }

        Assert.Equal(4, Files.Length);
        Assert.Equal([keys[0], keys[2], keys[3], keys[4]], cache.Keys().OrderBy(k => k.Value, StringComparer.Ordinal));
        var restarted = Cache(maxBytes: 500);
        Assert.Equal([keys[0], keys[4]], restarted.Keys().OrderBy(k => k.Value, StringComparer.Ordinal));
        Assert.Equal(2, Files.Length);
    }

    [Fact]
    public async Task What_is_forgotten_is_gone_from_the_disk_at_once()
    {
        var (one, two) = (await PutAsync("renditions/ab/1/a.large.webp", 10), await PutAsync("renditions/ab/2/a.large.webp", 10));
        var cache = Cache();
        await AssertReadAsync(cache, one, 10);
        await AssertReadAsync(cache, two, 10);
        await _store.DeleteAsync(one, Ct);

        cache.Forget("renditions/ab/1/");

        Assert.Null(await cache.OpenWholeAsync(one, 10, Ct));
        Assert.Equal([two], cache.Keys());
        Assert.Single(Files);
    }

    [Fact]
    public async Task Many_who_ask_at_once_have_it_read_once_and_all_get_it()
    {
        var key = await PutAsync("renditions/ab/1/a.large.webp", 300_000);
        var cache = Cache();

        await AtOnce.RunAsync(20, _ => AssertReadAsync(cache, key, 300_000));

        Assert.Single(Files);
    }

    [Fact]
    public async Task A_disk_that_fails_costs_speed_and_nothing_else()
    {
        var key = await PutAsync("renditions/ab/1/a.large.webp", 1000);
        await File.WriteAllTextAsync(_directory["cache"], "a file where the directory should be", Ct);

        var cache = Cache();
        await AssertReadAsync(cache, key, 1000);
        cache.Forget("renditions/");
    }

    [Fact]
    public async Task What_a_store_that_is_away_can_not_give_is_no_file()
    {
        var cache = Cache();

        Assert.Null(await cache.OpenWholeAsync(ObjectKey.Parse("renditions/ab/1/a.large.webp"), 10, Ct));

        Directory.Delete(_directory["far"], recursive: true);
        await Assert.ThrowsAsync<ObjectStoreUnavailableException>(() =>
            cache.OpenWholeAsync(ObjectKey.Parse("renditions/ab/1/a.large.webp"), 10, Ct)
        );
        Assert.Empty(Files);
    }

    private DiskCache Cache(long maxBytes = 10 << 20) =>
        new(_store, _directory["cache"], maxBytes, reserveBytes: 0, _clock, NullLogger<DiskCache>.Instance);

    private async Task<ObjectKey> PutAsync(string name, int length)
    {
        var key = ObjectKey.Parse(name);
        await _store.PutAsync(key, new MemoryStream(Bytes(name, length)), Ct);
        return key;
    }

    private static byte[] Bytes(string name, int length)
    {
        var seed = SHA256.HashData(System.Text.Encoding.ASCII.GetBytes(name));
        return [.. Enumerable.Range(0, length).Select(i => (byte)(seed[i % 32] + i))];
    }

    private static async Task AssertReadAsync(DiskCache cache, ObjectKey key, int length)
    {
        await using var content = await cache.OpenWholeAsync(key, length, Ct);
        using var copy = new MemoryStream();
        await content!.CopyToAsync(copy, Ct);
        Assert.Equal(Bytes(key.Value, length), copy.ToArray());
    }
}
