using GoImg.Core.Accounts;
using GoImg.Core.Images;
using GoImg.Core.Shared;
using GoImg.Infrastructure.Accounts;
using GoImg.Infrastructure.Images;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace GoImg.Infrastructure.Database;

public static class DatabaseRegistration
{
    /// <summary>The context, the unit of work and all repositories. <paramref name="connectionString"/> is asked once, at first use.</summary>
    public static IServiceCollection AddDatabase(this IServiceCollection services, Func<IServiceProvider, string> connectionString)
    {
        services.AddDbContext<GoImgDbContext>((provider, options) => options
            .UseNpgsql(connectionString(provider))
            .AddInterceptors(new VersionStamp()));
        services.AddScoped<IUnitOfWork, UnitOfWork>();
        services.AddScoped<IMembers, MemberRepository>();
        services.AddScoped<IImages, ImageRepository>();
        services.AddScoped<IImageQueries, ImageQueries>();
        return services;
    }
}
