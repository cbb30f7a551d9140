using GoImg.Core.Jobs;
using GoImg.Core.Rendering;
using GoImg.Core.Shared;
using Microsoft.Extensions.Caching.Hybrid;
using Microsoft.Extensions.DependencyInjection;

namespace GoImg.Core.Images;

/// <summary>Has a node with a renderer make a JPEG. A singleton; however many ask, a process passes it on once in a minute.</summary>
public sealed class JpegJobs(IServiceScopeFactory scopes, HybridCache cache)
{
    private static readonly HybridCacheEntryOptions ForAMinute = new()
    {
        Expiration = TimeSpan.FromMinutes(1),
        Flags = HybridCacheEntryFlags.DisableDistributedCache,
    };

    public async Task PassOnAsync(ImageFile file, Rendition rendition, CancellationToken cancellationToken) =>
        await cache.GetOrCreateAsync(
            $"jpeg:{file.Id}:{file.RenditionSet}:{rendition.Name}",
            (Scopes: scopes, Job: new MakeJpegJob(file.Id, rendition.Name)),
            static (asked, token) => EnqueueAsync(asked.Scopes, asked.Job, token),
            ForAMinute,
            cancellationToken: cancellationToken
        );

    private static async ValueTask<bool> EnqueueAsync(IServiceScopeFactory scopes, MakeJpegJob job, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        // Of low priority, so that visitors never fill the bound on what waits (docs/adr/0012).
        scope.ServiceProvider.GetRequiredService<IJobQueue>().Enqueue(job, new JobOptions(Priority: JobPriority.Low));
        return (await scope.ServiceProvider.GetRequiredService<IUnitOfWork>().CommitAsync(cancellationToken)).IsSuccess;
    }
}
