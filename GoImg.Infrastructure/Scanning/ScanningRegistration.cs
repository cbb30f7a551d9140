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
        // A node that runs no jobs scans nothing, but may be asked to enqueue what does.
        var works = configuration.Read<NodeOptions>().Works;
        if (services.AddValidatedOptions<ScanningOptions>(configuration).IsOn)
        {
            services.AddSingleton<ClamAvScanner>();
            services.AddSingleton<IMalwareScanner>(p => p.GetRequiredService<ClamAvScanner>());
            if (!works)
                return services;
            services.AddSingleton<ScanDepthProbe>();
            return services.AddSingleton<IHostedService>(p => p.GetRequiredService<ScanDepthProbe>());
        }

        services.AddSingleton<NoScanner>();
        services.AddSingleton<IMalwareScanner>(p => p.GetRequiredService<NoScanner>());
        return works ? services.AddSingleton<IHostedService>(p => p.GetRequiredService<NoScanner>()) : services;
    }
}
