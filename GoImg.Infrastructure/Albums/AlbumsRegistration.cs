using GoImg.Core.Albums;
using GoImg.Core.Images;
using GoImg.Infrastructure.Jobs;
using Microsoft.Extensions.DependencyInjection;

namespace GoImg.Infrastructure.Albums;

public static class AlbumsRegistration
{
    public static IServiceCollection AddAlbums(this IServiceCollection services)
    {
        services.AddScoped<IAlbums, AlbumRepository>();
        services.AddScoped<AlbumCards>();
        services.AddScoped<IAlbumQueries, AlbumQueries>();
        services.AddScoped<AlbumChange>();
        services.AddScoped<AlbumService>();
        services.AddScoped<ArrangeAlbum>();
        services.AddScoped<DownloadAlbum>();
        services.AddScoped<IAlbumArchive, ZipAlbum>();
        services.AddJobHandler<PurgeAlbumsJob, PurgeAlbums>(concurrency: 1);
        services.AddRecurringJob(new PurgeAlbumsJob(), TimeSpan.FromHours(1));
        services.AddScoped<IUploadAlbums, UploadAlbums>();
        return services;
    }
}
