using GoImg.Core.Accounts;
using GoImg.Core.Images;
using GoImg.Core.Jobs;
using GoImg.Core.LiveUpdates;
using GoImg.Core.Storage;
using GoImg.Infrastructure.Events;
using GoImg.Infrastructure.Jobs;
using GoImg.Infrastructure.LiveUpdates;
using Microsoft.Extensions.DependencyInjection;

namespace GoImg.Infrastructure.Images;

public static class ImagesRegistration
{
    internal const string LiveUpdateKind = "image";

    /// <summary>Images: what is done with them, their tables, their jobs, and what follows from their events.</summary>
    public static IServiceCollection AddImages(this IServiceCollection services)
    {
        services.AddScoped<AdmitUpload>();
        services.AddScoped<UploadImage>();
        services.AddScoped<ImageService>();
        services.AddScoped<Trash>();
        services.AddSingleton<ImageContentReader>();
        services.AddScoped<BulkEdit>();
        services.AddScoped<IBulkChanges, BulkChangeRepository>();
        services.AddScoped<DeletePermanently>();
        services.AddScoped<RetitleImage>();
        services.AddScoped<StaffViews>();
        services.AddSingleton<LocalCopies>();
        services.AddScoped<ReadOriginal>();
        services.AddScoped<RenderImage>();
        services.AddScoped<QuarantineImage>();
        services.AddScoped<DamagedOriginals>();
        services.AddSingleton<JpegRenditions>();
        services.AddSingleton<RenditionJobs>();

        services.AddSingleton<IImageFiles, ImageFileMemory>();
        services.AddScoped<StorageQuota>();
        services.AddScoped<IImages, ImageRepository>();
        services.AddScoped<IProcessingStages, ProcessingStages>();
        services.AddScoped<ImageLists>();
        services.AddScoped<IImageQueries, ImageQueries>();
        services.AddScoped<IImageNeighbours, ImageNeighbourQueries>();
        services.AddScoped<IImageProgress, ImageProgressQueries>();
        services.AddScoped<IImageUpkeep, ImageUpkeep>();

        // One more than can render, so that one may read or store meanwhile.
        services.AddJobHandler<PrepareImageJob, PrepareImage>(Environment.ProcessorCount + 1);
        // Behind everything else, and never on all cores.
        services.AddJobHandler<RefreshImageJob, RefreshImage>(Math.Max(1, Environment.ProcessorCount / 2));
        services.AddJobHandler<RefreshImagesJob, RefreshImages>(concurrency: 1);
        services.AddRecurringJob(new RefreshImagesJob(), TimeSpan.FromMinutes(1));
        services.AddJobHandler<MakeJpegJob, MakeJpeg>(concurrency: 2);
        services.AddJobHandler<MakeFullSizeJob, MakeFullSize>(concurrency: 1);
        services.AddJobHandler<MakeDownloadJob, MakeDownload>(concurrency: 1);
        services.AddJobHandler<PurgeImageJob, PurgeImage>(concurrency: 2);

        services.AddEventJob<ImageReceived, PrepareImageJob>(e => new(e.ImageId), (e, _) => new JobOptions(MemberId: e.OwnerId.Value));
        services.AddEventJob<ImageRetried, PrepareImageJob>(e => new(e.ImageId), (e, _) => new JobOptions(MemberId: e.OwnerId.Value));
        services.AddEventJob<ImageDeleted, PurgeImageJob>(e => new(e.ImageId));
        // First: whoever asks when the change is answered is answered by it.
        services.AddEventReaction<IImageEvent>(
            (scope, e) =>
            {
                scope.GetRequiredService<IImageFiles>().Forget(e.ImageId);
                if (e is ImageDeleted)
                    scope.GetService<IHotObjects>()?.Forget(ImageObjectKeys.RenditionsOf(e.ImageId));
                return Task.CompletedTask;
            }
        );
        services.AddEventReaction<IMemberEvent>(
            (scope, e) =>
            {
                scope.GetRequiredService<IImageFiles>().Forget(e.MemberId);
                // Other nodes have to forget as well.
                return scope
                    .GetRequiredService<ILiveUpdates>()
                    .PublishAsync(new LiveUpdate(e.MemberId, ChangePayload.OfMember, e.MemberId.Value), CancellationToken.None);
            }
        );
        services.AddEventReaction<IImageEvent>(
            (scope, e) =>
                scope
                    .GetRequiredService<ILiveUpdates>()
                    .PublishAsync(new LiveUpdate(e.OwnerId, LiveUpdateKind, e.ImageId.Value), CancellationToken.None)
        );
        return services;
    }
}
