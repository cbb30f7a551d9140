using GoImg.Infrastructure.Configuration;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace GoImg.Infrastructure.Redis;

public static class RedisRegistration
{
    /// <summary>The connection, where one is configured. Whoever can use it (limits, caches, live updates) looks for it among the services.</summary>
    public static IServiceCollection AddRedis(this IServiceCollection services, IConfiguration configuration)
    {
        if (!services.AddValidatedOptions<RedisOptions>(configuration).IsOn)
            return services;

        services.AddMetrics();
        services.AddSingleton<RedisConnection>();
        services.AddSingleton<IHostedService>(p => p.GetRequiredService<RedisConnection>());
        return services;
    }

    internal static bool HasRedis(this IServiceCollection services) => services.Any(s => s.ServiceType == typeof(RedisConnection));
}
