using System.ComponentModel;
using GoImg.Core.Caching;
using GoImg.Core.Images;

namespace GoImg.Web.Tags;

/// <summary>The commonest tags, which jobs count, read once in a few seconds. Whoever leaves while they are read ends their own waiting alone.</summary>
internal sealed class PopularTags(IServiceScopeFactory scopes, IHotReads reads)
{
    private const int Most = 24;

    private static readonly TimeSpan MaxAge = TimeSpan.FromSeconds(20);

    public async Task<IReadOnlyList<TagCount>> GetAsync(CancellationToken cancellationToken)
    {
        var read = reads.GetAsync("popular-tags", Guid.Empty, MaxAge, _ => ReadAsync(), CancellationToken.None);
        return (await read.AsTask().WaitAsync(cancellationToken)).Tags;
    }

    private async ValueTask<Counted> ReadAsync()
    {
        await using var scope = scopes.CreateAsyncScope();
        return new(await scope.ServiceProvider.GetRequiredService<IImageQueries>().PopularTagsAsync(Most, CancellationToken.None));
    }

    // The cache hands out what never changes as it is, and copies of everything else.
    [ImmutableObject(true)]
    private sealed record Counted(IReadOnlyList<TagCount> Tags);
}
