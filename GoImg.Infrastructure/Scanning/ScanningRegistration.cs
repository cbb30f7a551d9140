using GoImg.Core.Scanning;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace GoImg.Infrastructure.Scanning;

public static class ScanningRegistration
{
    public static IServiceCollection AddScanning(this IServiceCollection services, ScanningSettings settings)
    {
        services.AddSingleton(settings);
        switch (settings.Kind)
        {
            case "clamav"
                when settings.ClamAv.StartsWith('/')
                    || (settings.ClamAv.LastIndexOf(':') is > 0 and var colon && ushort.TryParse(settings.ClamAv[(colon + 1)..], out _)):
                services.AddSingleton<ClamAvScanner>();
                services.AddSingleton<ScanDepthProbe>();
                services.AddSingleton<IHostedService>(p => p.GetRequiredService<ScanDepthProbe>());
                return services.AddSingleton<IMalwareScanner>(p => p.GetRequiredService<ClamAvScanner>());
            case "clamav":
                throw new InvalidOperationException(
                    $"Scanning:ClamAv is “{settings.ClamAv}”; it must be host:port or the absolute path of clamd's socket."
                );
            case "off":
                services.AddSingleton<NoScanner>();
                services.AddSingleton<IHostedService>(p => p.GetRequiredService<NoScanner>());
                return services.AddSingleton<IMalwareScanner>(p => p.GetRequiredService<NoScanner>());
            default:
                throw new InvalidOperationException($"Scanning:Kind is “{settings.Kind}”; it must be off or clamav.");
        }
    }
}
