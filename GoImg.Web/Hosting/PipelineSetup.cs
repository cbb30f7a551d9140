using GoImg.Core.Images;
using GoImg.Core.Integrity;
using GoImg.Core.Shared;
using GoImg.Core.Storage;
using GoImg.Infrastructure.Database;
using GoImg.Infrastructure.Images;
using GoImg.Infrastructure.Integrity;
using GoImg.Infrastructure.Jobs;
using GoImg.Infrastructure.LiveUpdates;
using GoImg.Infrastructure.Rendering;
using GoImg.Infrastructure.Scanning;
using GoImg.Infrastructure.Storage;
using Microsoft.EntityFrameworkCore;

namespace GoImg.Web.Hosting;

/// <summary>From an upload to a visible image: store, scanner, renderer, queue and the handlers that use them.</summary>
internal static class PipelineSetup
{
    public static IServiceCollection AddPipeline(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddSingleton<IFailpoints, Failpoints>();
        services.AddStorage(configuration);
        services.AddScanning(configuration);
        services.AddRendering(configuration);
        services.AddLiveUpdates();
        services.AddJobs(configuration);
        services.AddImages();
        services.AddImageStores();
        services.AddIntegrity();
        services.AddIntegrityRecords(configuration);
        // One more than can render, so that one may read or store meanwhile.
        services.AddJobHandler<PrepareImageJob, PrepareImage>(Environment.ProcessorCount + 1);
        // Behind everything else, and never on all cores.
        services.AddJobHandler<RefreshImageJob, RefreshImage>(Math.Max(1, Environment.ProcessorCount / 2));
        services.AddJobHandler<RefreshImagesJob, RefreshImages>(concurrency: 1);
        services.AddRecurringJob(new RefreshImagesJob(), TimeSpan.FromMinutes(1));
        services.AddJobHandler<ScrubImagesJob, ScrubImages>(concurrency: 1);
        services.AddRecurringJob(new ScrubImagesJob(), TimeSpan.FromMinutes(5));
        services.AddJobHandler<MakeJpegJob, MakeJpeg>(concurrency: 2);
        services.AddJobHandler<PurgeImageJob, PurgeImage>(concurrency: 2);
        services.AddJobHandler<SweepImagesJob, SweepImages>(concurrency: 1);
        services.AddRecurringJob(new SweepImagesJob(), TimeSpan.FromHours(1));
        return services;
    }

    /// <summary>Opens the store before the first request. Throws <see cref="ObjectStoreUnavailableException"/> when the database has images and the store is gone.</summary>
    public static async Task PrepareStoreAsync(this IServiceProvider services)
    {
        await using var scope = services.CreateAsyncScope();
        var hasImages = await scope.ServiceProvider.GetRequiredService<GoImgDbContext>().Images.AnyAsync(CancellationToken.None);
        services.PrepareStorage(hasImages);
    }
}
