using GoImg.Core.Accounts;
using GoImg.Core.Jobs;
using GoImg.Core.Shared;
using GoImg.Infrastructure.Accounts;
using GoImg.Infrastructure.Events;
using GoImg.Infrastructure.Jobs;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace GoImg.Infrastructure.Database;

public static class DatabaseRegistration
{
    /// <summary>The context, the unit of work and all repositories. <paramref name="connectionString"/> is asked once, at first use.</summary>
    public static IServiceCollection AddDatabase(
        this IServiceCollection services,
        Func<IServiceProvider, string> connectionString,
        DatabaseOptions? options = null
    )
    {
        // One pool for all: EF, the job queue and the notifications.
        services.AddSingleton(provider => NpgsqlDataSource.Create(ConnectionSettings.OfServing(connectionString(provider), options ?? new())));
        services.AddSingleton(provider => CommandTimeouts.Of(connectionString(provider), options ?? new()));
        services.AddDbContext<GoImgDbContext>(
            (provider, context) =>
                context
                    .UseNpgsql(
                        provider.GetRequiredService<NpgsqlDataSource>(),
                        npgsql =>
                        {
                            if (provider.GetRequiredService<CommandTimeouts>().OfRequests is { } timeout)
                                npgsql.CommandTimeout(CommandTimeouts.Seconds(timeout));
                        }
                    )
                    .AddInterceptors(new VersionStamp())
                    // A stale save or a taken name is an answer, not an error; whatever really fails is thrown, and logged where it ends up.
                    .ConfigureWarnings(log =>
                        log.Log(
                            (CoreEventId.SaveChangesFailed, LogLevel.Debug),
                            (CoreEventId.OptimisticConcurrencyException, LogLevel.Debug),
                            (RelationalEventId.CommandError, LogLevel.Debug)
                        )
                    )
        );
        services.AddEvents();
        services.AddScoped<IUnitOfWork, UnitOfWork>();
        services.AddScoped<EnqueuedJobs>();
        services.AddScoped<IJobQueue>(provider => provider.GetRequiredService<EnqueuedJobs>());
        services.AddScoped<JobLease>();
        services.AddScoped<IMembers, MemberRepository>();
        return services;
    }
}
