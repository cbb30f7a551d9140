using GoImg.Core.Images;
using GoImg.Core.Integrity;
using GoImg.Infrastructure.Images;
using Microsoft.Extensions.DependencyInjection;

namespace GoImg.Infrastructure.Integrity;

public static class IntegrityRegistration
{
    public static IServiceCollection AddIntegrityRecords(this IServiceCollection services)
    {
        services.AddScoped<IIntegrityRecords, IntegrityRecords>();
        services.AddScoped<IImageUpkeep, ImageUpkeep>();
        return services;
    }
}
