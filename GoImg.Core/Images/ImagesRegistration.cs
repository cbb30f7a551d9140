using GoImg.Core.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace GoImg.Core.Images;

public static class ImagesRegistration
{
    /// <summary>The services of this folder, over the ports that Infrastructure registers.</summary>
    public static IServiceCollection AddImages(this IServiceCollection services)
    {
        services.AddScoped<AdmitUpload>();
        services.AddScoped<UploadImage>();
        services.AddScoped<ImageService>();
        services.AddScoped<ImageContentReader>();
        services.AddScoped<BulkEdit>();
        services.AddScoped<EmptyTrash>();
        services.AddScoped<RetitleImage>();
        services.AddScoped<StaffViews>();
        services.AddSingleton<LocalCopies>();
        services.AddScoped<ReadOriginal>();
        services.AddScoped<RenderImage>();
        services.AddScoped<QuarantineImage>();
        services.AddScoped<DamagedOriginals>();
        services.AddSingleton<JpegRenditions>();
        services.AddSingleton<JpegRequests>();
        return services;
    }
}
