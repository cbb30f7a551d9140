using GoImg.Core.Albums;
using GoImg.Core.Images;
using Microsoft.Extensions.DependencyInjection;

namespace GoImg.Infrastructure.Albums;

public static class AlbumsRegistration
{
    public static IServiceCollection AddAlbums(this IServiceCollection services)
    {
        services.AddScoped<IAlbums, AlbumRepository>();
        services.AddScoped<AlbumCards>();
        services.AddScoped<IAlbumQueries, AlbumQueries>();
        services.AddScoped<AlbumService>();
        services.AddScoped<IUploadAlbums, UploadAlbums>();
        return services;
    }
}
