namespace GoImg.Web.Images;

internal static class ImagesSetup
{
    public static IServiceCollection AddImagePages(this IServiceCollection services)
    {
        services.AddSingleton<IImageUrls, ImageUrls>();
        services.AddSingleton<ImageContentResults>();
        return services;
    }

    public static void MapImages(this IEndpointRouteBuilder routes)
    {
        routes.MapRenditions();
        routes.MapSensitive();
        routes.MapImageForms();
    }
}
