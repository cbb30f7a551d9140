using GoImg.Core.Health;
using Microsoft.Extensions.DependencyInjection;

namespace GoImg.Infrastructure.Health;

public static class HealthRegistration
{
    public static IServiceCollection AddReadiness(this IServiceCollection services)
    {
        services.AddSingleton<IDependencyCheck, DatabaseCheck>();
        services.AddSingleton<IDependencyCheck, StorageCheck>();
        services.AddSingleton<IDependencyCheck, ScannerCheck>();
        services.AddSingleton<IDependencyCheck, RendererCheck>();
        services.AddSingleton<Readiness>();
        return services;
    }
}
