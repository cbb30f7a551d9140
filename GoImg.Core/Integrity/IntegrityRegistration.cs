using Microsoft.Extensions.DependencyInjection;

namespace GoImg.Core.Integrity;

public static class IntegrityRegistration
{
    public static IServiceCollection AddIntegrity(this IServiceCollection services)
    {
        services.AddScoped<ObjectCheck>();
        services.AddScoped<VerifyGallery>();
        return services;
    }
}
