using GoImg.Core.LiveUpdates;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace GoImg.Infrastructure.LiveUpdates;

public static class LiveUpdatesRegistration
{
    /// <summary>The change bus, over the database that <c>AddDatabase</c> registered.</summary>
    public static IServiceCollection AddNotifications(this IServiceCollection services)
    {
        services.AddSingleton<PostgresSignals>();
        services.AddSingleton<IHostedService>(p => p.GetRequiredService<PostgresSignals>());
        services.AddSingleton<ILiveUpdates, PostgresLiveUpdates>();
        return services;
    }
}
