namespace GoImg.Web.Images;

internal static class ImagesSetup
{
    public static IServiceCollection AddImageEndpoints(this IServiceCollection services) =>
        services.AddSingleton<IImageUrls, ImageUrls>().AddScoped<ImageContentResults>().AddScoped<UploadReceiver>();

    public static void MapImageEndpoints(this IEndpointRouteBuilder routes)
    {
        routes.MapUploadForms();
        routes.MapRenditions();
    }
}
