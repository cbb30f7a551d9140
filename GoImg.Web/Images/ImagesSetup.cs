using GoImg.Web.Images.Library;

namespace GoImg.Web.Images;

internal static class ImagesSetup
{
    public static IServiceCollection AddImagePages(this IServiceCollection services)
    {
        services.AddSingleton<IImageUrls, ImageUrls>();
        services.AddScoped<ImageContentResults>();
        services.AddScoped<UploadReceiver>();
        services.AddSingleton<PopularTags>();
        return services;
    }

    public static void MapImages(this IEndpointRouteBuilder routes)
    {
        routes.MapUploadForms();
        routes.MapRenditions();
        routes.MapSensitive();
        routes.MapImageForms();
        routes.MapLibraryForms();
    }
}
