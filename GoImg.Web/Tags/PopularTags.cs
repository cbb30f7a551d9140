using System.ComponentModel;
using GoImg.Core.Images;
using Microsoft.Extensions.Caching.Hybrid;

namespace GoImg.Web.Tags;

/// <summary>The commonest tags, counted again every few minutes: counting goes over all images, and no one notices a tag's rank of a moment ago.</summary>
internal sealed class PopularTags(IServiceScopeFactory scopes, HybridCache cache)
{
    private const string Key = "popular-tags";
    private const int Most = 24;

    private static readonly HybridCacheEntryOptions ForFiveMinutes = new()
    {
        Expiration = TimeSpan.FromMinutes(5),
        Flags = HybridCacheEntryFlags.DisableDistributedCache,
    };

    public async Task<IReadOnlyList<TagCount>> GetAsync(CancellationToken cancellationToken)
    {
        var tags = (await cache.GetOrCreateAsync(Key, CountAsync, ForFiveMinutes, cancellationToken: cancellationToken)).Tags;
        // None is a new site's answer: the first tag should not have to wait.
        if (tags.Count == 0)
            await cache.RemoveAsync(Key, cancellationToken);
        return tags;
    }

    private async ValueTask<Counted> CountAsync(CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        return new(await scope.ServiceProvider.GetRequiredService<IImageQueries>().PopularTagsAsync(Most, cancellationToken));
    }

    // The cache hands out what never changes as it is, and copies of everything else.
    [ImmutableObject(true)]
    private sealed record Counted(IReadOnlyList<TagCount> Tags);
}
