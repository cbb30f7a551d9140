using Microsoft.Extensions.DependencyInjection;

namespace GoImg.Core.Uploads;

public static class UploadsRegistration
{
    /// <summary>The services of this folder, over the ports that Infrastructure registers.</summary>
    public static IServiceCollection AddResumableUploads(this IServiceCollection services)
    {
        services.AddSingleton<UploadLocks>();
        services.AddScoped<BeginUpload>();
        services.AddScoped<ReceiveUpload>();
        services.AddScoped<FinishUpload>();
        services.AddScoped<FindUpload>();
        services.AddScoped<RemoveUpload>();
        return services;
    }
}
