using GoImg.Core.Uploads;
using GoImg.Infrastructure.Configuration;
using GoImg.Infrastructure.Jobs;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace GoImg.Infrastructure.Uploads;

public static class UploadsRegistration
{
    /// <summary>Files that come in many requests.</summary>
    public static IServiceCollection AddUploads(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddValidatedOptions<UploadsOptions>(configuration);
        services.AddSingleton<UploadLocks>();
        services.AddScoped<BeginUpload>();
        services.AddScoped<ReceiveUpload>();
        services.AddScoped<FinishUpload>();
        services.AddScoped<FindUpload>();
        services.AddScoped<RemoveUpload>();
        services.AddScoped<IUploads, UploadRepository>();
        services.AddJobHandler<SweepUploadsJob, SweepUploads>(concurrency: 1);
        services.AddRecurringJob(new SweepUploadsJob(), TimeSpan.FromMinutes(15));
        return services;
    }
}
