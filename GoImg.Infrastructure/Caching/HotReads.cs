using GoImg.Core.Caching;
using Microsoft.Extensions.Caching.Hybrid;

namespace GoImg.Infrastructure.Caching;

/// <summary>Over the framework's cache, whose second level is Redis where there is one. After a change, and while this node may miss one, it remembers
/// under names of its own and looks at nothing shared, for as long as an older answer may lie there.</summary>
internal sealed class HotReads(HybridCache cache, RecentChanges changes) : IHotReads
{
    private static readonly TimeSpan MostInProcess = TimeSpan.FromSeconds(5);

    // A read that began before a change may write what it found this much later.
    private static readonly TimeSpan LongestRead = TimeSpan.FromSeconds(20);

    public ValueTask<T> GetAsync<T>(
        string key,
        Guid subject,
        TimeSpan maxAge,
        Func<CancellationToken, ValueTask<T>> read,
        CancellationToken cancellationToken
    )
    {
        var isShared = changes.NothingFor(maxAge + LongestRead, subject);
        var options = new HybridCacheEntryOptions
        {
            Expiration = maxAge,
            LocalCacheExpiration = maxAge < MostInProcess ? maxAge : MostInProcess,
            Flags = isShared ? HybridCacheEntryFlags.None : HybridCacheEntryFlags.DisableDistributedCache,
        };
        return cache.GetOrCreateAsync(
            isShared ? $"hot:{key}" : $"hot:{key}:{changes.LastOf(subject)}",
            read,
            static (ask, token) => ask(token),
            options,
            cancellationToken: cancellationToken
        );
    }
}
