using GoImg.Core.Images;
using GoImg.Core.Jobs;
using GoImg.Core.LiveUpdates;
using GoImg.Infrastructure.Events;
using Microsoft.Extensions.DependencyInjection;

namespace GoImg.Infrastructure.Images;

public static class ImagesRegistration
{
    internal const string LiveUpdateKind = "image";

    /// <summary>Images in the database, and what follows from their events.</summary>
    public static IServiceCollection AddImageStores(this IServiceCollection services)
    {
        services.AddScoped<StorageQuota>();
        services.AddScoped<IImages, ImageRepository>();
        services.AddScoped<IProcessingStages, ProcessingStages>();
        services.AddScoped<IImageQueries, ImageQueries>();
        services.AddScoped<IImageProgress, ImageProgressQueries>();

        services.AddEventJob<ImageReceived, PrepareImageJob>(e => new(e.ImageId), (e, _) => new JobOptions(MemberId: e.OwnerId.Value));
        services.AddEventJob<ImageRetried, PrepareImageJob>(e => new(e.ImageId), (e, _) => new JobOptions(MemberId: e.OwnerId.Value));
        services.AddEventJob<ImageDeleted, PurgeImageJob>(e => new(e.ImageId));
        services.AddEventReaction<IImageEvent>(
            (scope, e) =>
                scope
                    .GetRequiredService<ILiveUpdates>()
                    .PublishAsync(new LiveUpdate(e.OwnerId, LiveUpdateKind, e.ImageId.Value), CancellationToken.None)
        );
        return services;
    }
}
