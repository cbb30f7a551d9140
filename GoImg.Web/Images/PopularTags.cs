using GoImg.Core.Images;
using Microsoft.Extensions.Caching.Memory;

namespace GoImg.Web.Images;

/// <summary>The commonest tags, counted anew every few minutes: counting goes over all images, and nobody notices a tag's rank of a moment ago.</summary>
internal sealed class PopularTags(IServiceScopeFactory scopes, IMemoryCache cache)
{
    private const int Most = 24;
    private static readonly TimeSpan Freshness = TimeSpan.FromMinutes(5);

    public async Task<IReadOnlyList<TagCount>> GetAsync(CancellationToken cancellationToken)
    {
        if (cache.TryGetValue(typeof(PopularTags), out IReadOnlyList<TagCount>? kept))
            return kept!;

        await using var scope = scopes.CreateAsyncScope();
        var tags = await scope.ServiceProvider.GetRequiredService<IImageQueries>().PopularTagsAsync(Most, cancellationToken);
        // None is a new site's answer: the first tag should not have to wait.
        return tags.Count == 0 ? tags : cache.Set(typeof(PopularTags), tags, Freshness);
    }
}
