using GoImg.Infrastructure.Redis;
using GoImg.Tests.Harness;
using Microsoft.Extensions.DependencyInjection;

namespace GoImg.Tests.Redis;

/// <summary>What a node has of Redis: its connection, running.</summary>
internal sealed class RedisNode : IAsyncDisposable
{
    private readonly ServiceProvider _services = new ServiceCollection().AddMetrics().BuildServiceProvider();

    /// <summary>As long as a busy machine may take for anything.</summary>
    public static readonly TimeSpan NoHurry = TimeSpan.FromSeconds(30);

    private RedisNode(string connectionString, string prefix, TimeSpan? patience) =>
        Connection = new(
            new RedisOptions { ConnectionString = connectionString, KeyPrefix = prefix },
            TimeProvider.System,
            _services.GetRequiredService<System.Diagnostics.Metrics.IMeterFactory>(),
            Log.For<RedisConnection>(),
            patience
        );

    /// <summary>Puts such a connection in the place of a site's.</summary>
    public static void BePatient(IServiceCollection services) =>
        services.AddSingleton(p => new RedisConnection(
            p.GetRequiredService<RedisOptions>(),
            TimeProvider.System,
            p.GetRequiredService<System.Diagnostics.Metrics.IMeterFactory>(),
            p.GetRequiredService<Microsoft.Extensions.Logging.ILogger<RedisConnection>>(),
            NoHurry
        ));

    public RedisConnection Connection { get; }

    public LogLines Log { get; } = new();

    /// <param name="inHurry">As a site is; without, a test of what Redis answers waits for its answers.</param>
    public static async Task<RedisNode> StartAsync(string connectionString, string prefix = "test:", bool isUp = true, bool inHurry = false)
    {
        var node = new RedisNode(connectionString, prefix, inHurry ? null : NoHurry);
        await node.Connection.StartAsync(CancellationToken.None);
        if (isUp)
            await node.IsUpAsync();
        return node;
    }

    public Task IsUpAsync(bool isUp = true) => Eventually.TrueAsync(() => Task.FromResult(Connection.IsUp == isUp));

    public async ValueTask DisposeAsync()
    {
        await Connection.StopAsync(CancellationToken.None);
        Connection.Dispose();
        await _services.DisposeAsync();
    }
}
