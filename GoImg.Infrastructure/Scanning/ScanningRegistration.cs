using GoImg.Core.Scanning;
using GoImg.Infrastructure.Configuration;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace GoImg.Infrastructure.Scanning;

public static class ScanningRegistration
{
    public static IServiceCollection AddScanning(this IServiceCollection services, IConfiguration configuration)
    {
        if (services.AddValidatedOptions<ScanningOptions>(configuration).IsOn)
        {
            services.AddSingleton<ClamAvScanner>();
            services.AddSingleton<ScanDepthProbe>();
            services.AddSingleton<IHostedService>(p => p.GetRequiredService<ScanDepthProbe>());
            return services.AddSingleton<IMalwareScanner>(p => p.GetRequiredService<ClamAvScanner>());
        }

        services.AddSingleton<NoScanner>();
        services.AddSingleton<IHostedService>(p => p.GetRequiredService<NoScanner>());
        return services.AddSingleton<IMalwareScanner>(p => p.GetRequiredService<NoScanner>());
    }
}
