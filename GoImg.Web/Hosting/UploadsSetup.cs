using GoImg.Core.Uploads;
using GoImg.Infrastructure.Jobs;
using GoImg.Infrastructure.Uploads;

namespace GoImg.Web.Hosting;

internal static class UploadsSetup
{
    /// <summary>Throws <see cref="BadSettingException"/> on values that can't be.</summary>
    public static IServiceCollection AddUploads(this IServiceCollection services, IConfiguration configuration)
    {
        var settings = configuration.GetSection("Uploads").Get<UploadsSettings>() ?? new UploadsSettings();
        if (settings.Problem() is { } problem)
            throw new BadSettingException(problem);

        services.AddResumableUploads(settings);
        services.AddUploadStores();
        services.AddJobHandler<SweepUploadsJob, SweepUploads>(concurrency: 1);
        services.AddRecurringJob(new SweepUploadsJob(), TimeSpan.FromMinutes(15));
        return services;
    }
}
