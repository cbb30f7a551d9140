using GoImg.Core.Storage;
using GoImg.Infrastructure.Configuration;
using GoImg.Infrastructure.Storage.S3;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace GoImg.Infrastructure.Storage;

public static partial class StorageRegistration
{
    // A start waits so long for a server that does not answer, and then goes on without it.
    private static readonly TimeSpan StartPatience = TimeSpan.FromSeconds(10);

    private static readonly TimeSpan LeftoverAge = TimeSpan.FromDays(1);

    public static IServiceCollection AddStorage(this IServiceCollection services, IConfiguration configuration)
    {
        var options = services.AddValidatedOptions<StorageOptions>(configuration);
        var s3 = services.AddValidatedOptions<S3Options>(configuration);
        services.AddSingleton(provider => new ConfiguredStores(configuration, provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton<IHotObjects, HotObjects>();
        if (options.IsS3)
        {
            const string Because = "Storage:Kind is s3";
            s3.CheckComplete(Because);
            return services.AddStore(provider => provider.GetRequiredService<ConfiguredStores>().S3(Because)).AddS3Delivery(options, s3);
        }

        services.AddSingleton<IDirectDelivery>(provider => new DirectDelivery(provider.GetRequiredService<IObjectStore>(), origin: null));
        return services.AddStore(provider => provider.GetRequiredService<ConfiguredStores>().Local());
    }

    /// <summary>To be called once at start, when it is known whether the database has images: an empty store is then told from a missing one.
    /// Throws <see cref="ObjectStoreUnavailableException"/>. A server that is away is no reason not to start: it may be back before anyone misses it.</summary>
    public static async Task PrepareStorageAsync(this IServiceProvider services, bool objectsExpected, CancellationToken cancellationToken)
    {
        if (services.GetService<LocalObjectStore>() is { } local)
        {
            local.Prepare(objectsExpected);
            return;
        }

        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(StartPatience);
        var store = services.GetRequiredService<S3ObjectStore>();
        // Looks as well whether this node's own directory can be written to.
        store.SweepNode(LeftoverAge);
        try
        {
            await store.PrepareAsync(objectsExpected, patience.Token);
        }
        catch (Exception away)
            when (away is ObjectStoreUnavailableException and not S3RefusedException
                || (away is OperationCanceledException && !cancellationToken.IsCancellationRequested)
            )
        {
            LogAway(services.GetRequiredService<ILogger<S3ObjectStore>>(), store.Place, away.Message);
        }
    }

    private static IServiceCollection AddS3Delivery(this IServiceCollection services, StorageOptions options, S3Options s3)
    {
        services.AddSingleton<IDirectDelivery>(provider =>
            provider.GetRequiredService<S3ObjectStore>() is var store && s3.Redirects
                ? new DirectDelivery(store, store.Origin)
                : new DirectDelivery(store, origin: null)
        );
        if (s3.CacheBytes == 0)
            return services;
        services.AddSingleton(provider =>
            ActivatorUtilities.CreateInstance<DiskCache>(
                provider,
                provider.GetRequiredService<ConfiguredStores>().CachePathOf(s3),
                s3.CacheBytes,
                options.ReserveBytes
            )
        );
        services.AddSingleton<DiskCacheSweep>();
        return services.AddHostedService(provider => provider.GetRequiredService<DiskCacheSweep>());
    }

    // One for all: it holds no state but whether the store was ever seen.
    private static IServiceCollection AddStore<TStore>(this IServiceCollection services, Func<IServiceProvider, TStore> make)
        where TStore : class, IObjectStore, ISignedUrls =>
        services
            .AddSingleton(make)
            .AddSingleton<IObjectStore>(provider => provider.GetRequiredService<TStore>())
            .AddSingleton<ISignedUrls>(provider => provider.GetRequiredService<TStore>());

    [LoggerMessage(
        LogLevel.Warning,
        "The {Store} is away, and GoImg starts without it: until it is back, uploads are refused and pictures do not come. {Why}"
    )]
    private static partial void LogAway(ILogger logger, string store, string why);
}
