using GoImg.Core.LiveUpdates;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace GoImg.Infrastructure.LiveUpdates;

public static class LiveUpdatesRegistration
{
    /// <summary>Live updates, over the database that <c>AddDatabase</c> registered.</summary>
    public static IServiceCollection AddLiveUpdates(this IServiceCollection services)
    {
        services.AddSingleton<PostgresSignals>();
        services.AddSingleton<IHostedService>(p => p.GetRequiredService<PostgresSignals>());
        services.AddSingleton<ILiveUpdates, PostgresLiveUpdates>();
        return services;
    }
}
