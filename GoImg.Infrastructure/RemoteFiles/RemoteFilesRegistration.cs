using GoImg.Core.Images;
using GoImg.Infrastructure.Configuration;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace GoImg.Infrastructure.RemoteFiles;

public static class RemoteFilesRegistration
{
    /// <summary>Uploads by address.</summary>
    public static IServiceCollection AddRemoteFiles(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddValidatedOptions<RemoteFilesOptions>(configuration);
        services.AddSingleton<NameResolver>();
        services.AddSingleton<IRemoteFiles, HttpFiles>();
        services.AddScoped<UploadFromAddress>();
        return services;
    }
}
