namespace GoImg.Web.Uploads;

internal static class UploadsSetup
{
    public static void AddUploadPages(this IServiceCollection services) => services.AddScoped<UploadReceiver>();

    public static void MapUploads(this IEndpointRouteBuilder routes)
    {
        routes.MapUploadForms();
        routes.MapAddressUploads();
        routes.MapTrayUploads();
    }
}
