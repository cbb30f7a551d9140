using GoImg.Core.Storage;
using GoImg.Infrastructure.Configuration;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace GoImg.Infrastructure.Storage;

public static class StorageRegistration
{
    public static IServiceCollection AddStorage(this IServiceCollection services, IConfiguration configuration)
    {
        var options = services.AddValidatedOptions<StorageOptions>(configuration);
        var path = options.Path is { Length: > 0 } named ? named : Path.Combine(configuration.Read<DataOptions>().Directory, "objects");
        // one for all: it holds no state but whether the store was ever seen
        services.AddSingleton(provider => new LocalObjectStore(path, options.ReserveBytes, provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton<IObjectStore>(provider => provider.GetRequiredService<LocalObjectStore>());
        services.AddSingleton<IHotObjects, HotObjects>();
        services.AddSingleton<ISignedUrls>(provider => provider.GetRequiredService<LocalObjectStore>());
        return services;
    }

    /// <summary>To be called once at start, when it is known whether the database has images: an empty directory is then told from a missing disk.
    /// Throws <see cref="ObjectStoreUnavailableException"/>.</summary>
    public static void PrepareStorage(this IServiceProvider services, bool objectsExpected) =>
        services.GetRequiredService<LocalObjectStore>().Prepare(objectsExpected);
}
