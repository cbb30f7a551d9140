using GoImg.Core.Images;
using GoImg.Core.Integrity;
using GoImg.Infrastructure.Jobs;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace GoImg.Infrastructure.Storage.S3;

/// <summary>Each node clears its own cache of what another node deleted or rendered anew. Nobody could ask for it any more, but deleted is deleted.</summary>
internal sealed class DiskCacheSweep(DiskCache cache, IServiceScopeFactory scopes, TimeProvider time, ILogger<DiskCacheSweep> logger)
    : PeriodicService(TimeSpan.FromMinutes(10), time, logger)
{
    private const int AtOnce = 500;

    /// <summary>Looks once at all that is cached.</summary>
    internal async Task SweepAsync(CancellationToken cancellationToken)
    {
        foreach (var batch in cache.Keys().Chunk(AtOnce))
        {
            await using var scope = scopes.CreateAsyncScope();
            var images = batch.Select(ImageObjectKeys.ImageOf).OfType<ImageId>().Distinct().ToList();
            var known = await scope.ServiceProvider.GetRequiredService<IIntegrityRecords>().FindAsync(images, cancellationToken);
            foreach (var key in batch)
            {
                if (ImageObjectKeys.ImageOf(key) is not { } image || !known.TryGetValue(image, out var there) || !there.Keeps(key))
                    cache.Forget(key.Value);
            }
        }
    }

    protected override Task DoAsync(CancellationToken cancellationToken) => SweepAsync(cancellationToken);
}
