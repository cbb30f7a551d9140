using GoImg.Core.Images;
using GoImg.Core.Integrity;
using GoImg.Infrastructure.Images;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace GoImg.Infrastructure.Integrity;

public static class IntegrityRegistration
{
    public static IServiceCollection AddIntegrityRecords(this IServiceCollection services, IntegritySettings settings)
    {
        if (settings.Problem() is { } problem)
            throw new OptionsValidationException("Integrity", typeof(IntegritySettings), [problem]);

        services.AddScoped<IIntegrityRecords, IntegrityRecords>();
        services.AddScoped<IScrubCheckpoints, ScrubCheckpoints>();
        services.AddScoped<IImageUpkeep, ImageUpkeep>();
        services.AddSingleton(settings.Pace);
        return services;
    }
}
