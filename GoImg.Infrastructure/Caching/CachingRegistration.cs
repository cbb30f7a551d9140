using GoImg.Core.Accounts;
using GoImg.Core.Caching;
using GoImg.Core.Images;
using GoImg.Infrastructure.Events;
using GoImg.Infrastructure.Redis;
using Microsoft.Extensions.Caching.Distributed;
using Microsoft.Extensions.Caching.Memory;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Internal;

namespace GoImg.Infrastructure.Caching;

public static class CachingRegistration
{
    /// <summary>One cache for whatever is read often and may be a moment old (<see cref="Microsoft.Extensions.Caching.Hybrid.HybridCache"/>): in this process's
    /// memory, and behind it in Redis where <c>AddRedis</c> registered it before.</summary>
    public static IServiceCollection AddCaching(this IServiceCollection services)
    {
        services.AddOptions<MemoryCacheOptions>().Configure<TimeProvider>((options, time) => options.Clock = new Clock(time));
        services.AddHybridCache();
        if (services.HasRedis())
            services.AddSingleton<IDistributedCache, RedisCache>();
        services.AddSingleton<RecentChanges>();
        services.AddSingleton<IHotReads, HotReads>();
        // Before whoever changed something gets an answer; other nodes hear of it with the live update.
        services.AddEventReaction<IMemberEvent>((scope, e) => Note(scope, e.MemberId.Value));
        services.AddEventReaction<IImageEvent>((scope, e) => Note(scope, e.ImageId.Value));
        return services;
    }

    private static Task Note(IServiceProvider scope, Guid changed)
    {
        scope.GetRequiredService<RecentChanges>().Note(changed);
        return Task.CompletedTask;
    }

    private sealed class Clock(TimeProvider time) : ISystemClock
    {
        public DateTimeOffset UtcNow => time.GetUtcNow();
    }
}
