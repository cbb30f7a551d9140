using GoImg.Core.Uploads;
using Microsoft.Extensions.DependencyInjection;

namespace GoImg.Infrastructure.Uploads;

public static class UploadStoresRegistration
{
    public static IServiceCollection AddUploadStores(this IServiceCollection services) => services.AddScoped<IUploads, UploadRepository>();
}
