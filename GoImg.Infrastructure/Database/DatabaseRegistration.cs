using GoImg.Core.Accounts;
using GoImg.Core.Images;
using GoImg.Core.Jobs;
using GoImg.Core.Shared;
using GoImg.Infrastructure.Accounts;
using GoImg.Infrastructure.Images;
using GoImg.Infrastructure.Jobs;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace GoImg.Infrastructure.Database;

public static class DatabaseRegistration
{
    /// <summary>The context, the unit of work and all repositories. <paramref name="connectionString"/> is asked once, at first use.</summary>
    public static IServiceCollection AddDatabase(this IServiceCollection services, Func<IServiceProvider, string> connectionString)
    {
        // One pool for all: EF, the job queue and the notifications.
        services.AddSingleton(provider => NpgsqlDataSource.Create(connectionString(provider)));
        services.AddDbContext<GoImgDbContext>((provider, options) => options
            .UseNpgsql(provider.GetRequiredService<NpgsqlDataSource>())
            .AddInterceptors(new VersionStamp()));
        services.AddScoped<IUnitOfWork, UnitOfWork>();
        services.AddScoped<JobQueue>();
        services.AddScoped<IJobQueue>(provider => provider.GetRequiredService<JobQueue>());
        services.AddScoped<JobLease>();
        services.AddScoped<IMembers, MemberRepository>();
        services.AddScoped<IImages, ImageRepository>();
        services.AddScoped<IImageQueries, ImageQueries>();
        return services;
    }
}
