using GoImg.Infrastructure.Redis;
using Microsoft.Extensions.Caching.Distributed;
using StackExchange.Redis;

namespace GoImg.Infrastructure.Caching;

/// <summary>Bytes that all nodes share for a while. What Redis does not answer is a miss, and what it does not take is not kept: nothing is thrown.
/// Entries end at a time that is known when they are set, an hour later at most.</summary>
internal sealed class RedisCache(RedisConnection redis, TimeProvider time) : IDistributedCache
{
    private static readonly TimeSpan Longest = TimeSpan.FromHours(1);

    public async Task<byte[]?> GetAsync(string key, CancellationToken token = default)
    {
        var reply = await redis.TryAsync(db => db.StringGetAsync(KeyOf(key)));
        return reply.IsAnswered ? (byte[]?)reply.Value : null;
    }

    public async Task SetAsync(string key, byte[] value, DistributedCacheEntryOptions options, CancellationToken token = default)
    {
        var left =
            options.AbsoluteExpirationRelativeToNow
            ?? (options.AbsoluteExpiration is { } end ? end - time.GetUtcNow() : options.SlidingExpiration ?? Longest);
        if (left > TimeSpan.Zero)
            await redis.TryAsync(db => db.StringSetAsync(KeyOf(key), value, left < Longest ? left : Longest));
    }

    public async Task RemoveAsync(string key, CancellationToken token = default) => await redis.TryAsync(db => db.KeyDeleteAsync(KeyOf(key)));

    /// <summary>Does nothing: no entry lives longer for being read.</summary>
    public Task RefreshAsync(string key, CancellationToken token = default) => Task.CompletedTask;

    byte[]? IDistributedCache.Get(string key) => throw NoThreadWaits();

    void IDistributedCache.Set(string key, byte[] value, DistributedCacheEntryOptions options) => throw NoThreadWaits();

    void IDistributedCache.Refresh(string key) { }

    void IDistributedCache.Remove(string key) => throw NoThreadWaits();

    private static NotSupportedException NoThreadWaits() => new("No thread waits for Redis: call the asynchronous method.");

    private RedisKey KeyOf(string key) => redis.Key("cache:" + key);
}
