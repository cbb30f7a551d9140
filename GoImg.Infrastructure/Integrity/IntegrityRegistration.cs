using GoImg.Core.Integrity;
using GoImg.Infrastructure.Configuration;
using GoImg.Infrastructure.Jobs;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace GoImg.Infrastructure.Integrity;

public static class IntegrityRegistration
{
    public static IServiceCollection AddIntegrity(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddScoped<ObjectCheck>();
        services.AddScoped<VerifyGallery>();
        services.AddScoped<IIntegrityRecords, IntegrityRecords>();
        services.AddScoped<IScrubCheckpoints, ScrubCheckpoints>();
        services.AddSingleton(services.AddValidatedOptions<IntegrityOptions>(configuration).Pace);
        services.AddJobHandler<ScrubImagesJob, ScrubImages>(concurrency: 1);
        services.AddRecurringJob(new ScrubImagesJob(), TimeSpan.FromMinutes(5));
        services.AddJobHandler<SweepImagesJob, SweepImages>(concurrency: 1);
        services.AddRecurringJob(new SweepImagesJob(), TimeSpan.FromHours(1));
        return services;
    }
}
