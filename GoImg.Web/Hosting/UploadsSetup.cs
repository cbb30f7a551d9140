using GoImg.Core.Uploads;
using GoImg.Infrastructure.Configuration;
using GoImg.Infrastructure.Jobs;
using GoImg.Infrastructure.Uploads;

namespace GoImg.Web.Hosting;

internal static class UploadsSetup
{
    public static IServiceCollection AddUploads(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddValidatedOptions<UploadsOptions>(configuration);
        services.AddResumableUploads();
        services.AddUploadStores();
        services.AddJobHandler<SweepUploadsJob, SweepUploads>(concurrency: 1);
        services.AddRecurringJob(new SweepUploadsJob(), TimeSpan.FromMinutes(15));
        return services;
    }
}
