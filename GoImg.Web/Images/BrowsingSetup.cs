using GoImg.Web.Albums;
using GoImg.Web.Social;

namespace GoImg.Web.Images;

internal static class BrowsingSetup
{
    /// <summary>What the pages for looking at images, albums and members need.</summary>
    public static IServiceCollection AddBrowsing(this IServiceCollection services)
    {
        services.AddMemoryCache();
        services.AddSingleton<PopularTags>();
        return services;
    }

    public static void MapBrowsing(this IEndpointRouteBuilder routes)
    {
        routes.MapSensitive();
        routes.MapImageForms();
        routes.MapSocialForms();
        routes.MapAlbumForms();
    }
}
