using GoImg.Core.RateLimits;
using GoImg.Infrastructure.Redis;
using Microsoft.Extensions.DependencyInjection;

namespace GoImg.Infrastructure.RateLimits;

public static class RateLimitsRegistration
{
    /// <summary>Counted by Redis where <c>AddRedis</c> registered it before, else by each node.</summary>
    public static IServiceCollection AddRateLimits(this IServiceCollection services)
    {
        services.AddSingleton<InProcessRateLimitStore>();
        return services.HasRedis()
            ? services.AddSingleton<IRateLimitStore, RedisRateLimitStore>()
            : services.AddSingleton<IRateLimitStore>(p => p.GetRequiredService<InProcessRateLimitStore>());
    }
}
