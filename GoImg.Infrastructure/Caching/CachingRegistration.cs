using Microsoft.Extensions.Caching.Memory;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Internal;

namespace GoImg.Infrastructure.Caching;

public static class CachingRegistration
{
    /// <summary>One cache for whatever is read often and may be a moment old (<see cref="Microsoft.Extensions.Caching.Hybrid.HybridCache"/>), in this process's memory.</summary>
    public static IServiceCollection AddCaching(this IServiceCollection services)
    {
        services.AddOptions<MemoryCacheOptions>().Configure<TimeProvider>((options, time) => options.Clock = new Clock(time));
        services.AddHybridCache();
        return services;
    }

    private sealed class Clock(TimeProvider time) : ISystemClock
    {
        public DateTimeOffset UtcNow => time.GetUtcNow();
    }
}
