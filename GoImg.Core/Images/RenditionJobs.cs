using GoImg.Core.Jobs;
using GoImg.Core.Shared;
using Microsoft.Extensions.Caching.Hybrid;
using Microsoft.Extensions.DependencyInjection;

namespace GoImg.Core.Images;

/// <summary>Has a node with a renderer make what was asked for and is not stored. A singleton; however many ask, a process passes it on once in a minute.</summary>
public sealed class RenditionJobs(IServiceScopeFactory scopes, HybridCache cache)
{
    private static readonly HybridCacheEntryOptions ForAMinute = new()
    {
        Expiration = TimeSpan.FromMinutes(1),
        Flags = HybridCacheEntryFlags.DisableDistributedCache,
    };

    /// <param name="name">Of what the job makes, among the files of an image.</param>
    public async Task PassOnAsync<TJob>(ImageFile file, string name, TJob job, CancellationToken cancellationToken)
        where TJob : IJob =>
        await cache.GetOrCreateAsync(
            $"rendition:{file.Id}:{file.RenditionSet}:{name}",
            (Scopes: scopes, Job: job),
            static (asked, token) => EnqueueAsync(asked.Scopes, asked.Job, token),
            ForAMinute,
            cancellationToken: cancellationToken
        );

    private static async ValueTask<bool> EnqueueAsync<TJob>(IServiceScopeFactory scopes, TJob job, CancellationToken cancellationToken)
        where TJob : IJob
    {
        await using var scope = scopes.CreateAsyncScope();
        // Of low priority, so that visitors never fill the bound on what waits (docs/adr/0012).
        scope.ServiceProvider.GetRequiredService<IJobQueue>().Enqueue(job, new JobOptions(Priority: JobPriority.Low));
        return (await scope.ServiceProvider.GetRequiredService<IUnitOfWork>().CommitAsync(cancellationToken)).IsSuccess;
    }
}
