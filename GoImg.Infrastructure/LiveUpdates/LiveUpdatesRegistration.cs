using GoImg.Core.LiveUpdates;
using GoImg.Infrastructure.Redis;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace GoImg.Infrastructure.LiveUpdates;

public static class LiveUpdatesRegistration
{
    /// <summary>Live updates, over the database that <c>AddDatabase</c> registered, and over Redis where <c>AddRedis</c> did so before.</summary>
    public static IServiceCollection AddLiveUpdates(this IServiceCollection services)
    {
        services.AddSingleton<PostgresSignals>();
        services.AddSingleton<IHostedService>(p => p.GetRequiredService<PostgresSignals>());
        if (services.HasRedis())
        {
            services.AddSingleton<RedisSignals>();
            services.AddSingleton<IHostedService>(p => p.GetRequiredService<RedisSignals>());
            services.AddSingleton<IChangeSignals>(p => p.GetRequiredService<RedisSignals>());
        }
        else
        {
            services.AddSingleton<IChangeSignals>(p => p.GetRequiredService<PostgresSignals>());
        }

        return services.AddSingleton<ILiveUpdates, SignalledLiveUpdates>();
    }
}
