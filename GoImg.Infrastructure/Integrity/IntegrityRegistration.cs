using GoImg.Core.Images;
using GoImg.Core.Integrity;
using GoImg.Infrastructure.Configuration;
using GoImg.Infrastructure.Images;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace GoImg.Infrastructure.Integrity;

public static class IntegrityRegistration
{
    public static IServiceCollection AddIntegrityRecords(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddScoped<IIntegrityRecords, IntegrityRecords>();
        services.AddScoped<IScrubCheckpoints, ScrubCheckpoints>();
        services.AddScoped<IImageUpkeep, ImageUpkeep>();
        services.AddSingleton(services.AddValidatedOptions<IntegrityOptions>(configuration).Pace);
        return services;
    }
}
