using GoImg.Core.Storage;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace GoImg.Infrastructure.Storage;

public static class StorageRegistration
{
    public static IServiceCollection AddStorage(this IServiceCollection services, IConfiguration configuration)
    {
        var defaultPath = Path.Combine(configuration["Data:Path"] ?? "data", "objects");
        services
            .AddOptions<StorageOptions>()
            .Bind(configuration.GetSection(StorageOptions.Section))
            .Validate(options => options.ReserveBytes >= 0, "Storage:ReserveBytes is a number of bytes, 0 or more.")
            .ValidateOnStart();
        // one for all: it holds no state but whether the store was ever seen
        services.AddSingleton(provider =>
        {
            var options = provider.GetRequiredService<IOptions<StorageOptions>>().Value;
            return new LocalObjectStore(options.Path ?? defaultPath, options.ReserveBytes, provider.GetRequiredService<TimeProvider>());
        });
        services.AddSingleton<IObjectStore>(provider => provider.GetRequiredService<LocalObjectStore>());
        return services;
    }

    /// <summary>To be called once at start, when it is known whether the database has images: an empty directory is then told from a missing disk.
    /// Throws <see cref="ObjectStoreUnavailableException"/>.</summary>
    public static void PrepareStorage(this IServiceProvider services, bool objectsExpected) =>
        services.GetRequiredService<LocalObjectStore>().Prepare(objectsExpected);
}
