using System.Diagnostics;
using GoImg.Bench.Results;
using GoImg.Core.Accounts;
using GoImg.Core.LiveUpdates;
using GoImg.Infrastructure.Database;
using GoImg.Infrastructure.LiveUpdates;
using GoImg.Infrastructure.Redis;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace GoImg.Bench.Signals;

/// <summary>Two nodes with the site's live updates, of which one tells and the other hears.</summary>
internal sealed class SignalPair : IAsyncDisposable
{
    private readonly IHost _tells;
    private readonly IHost _hears;

    private SignalPair(IHost tells, IHost hears) => (_tells, _hears) = (tells, hears);

    public static async Task<SignalPair> StartAsync(string database, string? redis) =>
        new(await StartNodeAsync(database, redis), await StartNodeAsync(database, redis));

    /// <summary>One after the other; milliseconds from the change until it is heard.</summary>
    public async Task<Series> TellAsync(MemberId member, int count)
    {
        var heard = new SemaphoreSlim(0);
        using var listening = Of(_hears).Subscribe(member, _ => heard.Release());
        var times = new List<double>();
        for (var i = 0; i < count; i++)
        {
            var clock = Stopwatch.GetTimestamp();
            await Of(_tells).PublishAsync(new LiveUpdate(member, "image", Guid.CreateVersion7()), CancellationToken.None);
            await heard.WaitAsync();
            times.Add(Stopwatch.GetElapsedTime(clock).TotalMilliseconds);
        }

        return new Series(times);
    }

    /// <summary>Several at once; until all is heard.</summary>
    public async Task<TimeSpan> BurstAsync(MemberId member, int each, int atOnce)
    {
        var left = each * atOnce;
        var done = new TaskCompletionSource();
        using var listening = Of(_hears)
            .Subscribe(
                member,
                _ =>
                {
                    if (Interlocked.Decrement(ref left) == 0)
                        done.SetResult();
                }
            );
        var clock = Stopwatch.GetTimestamp();
        await Task.WhenAll(
            Enumerable
                .Range(0, atOnce)
                .Select(async _ =>
                {
                    for (var i = 0; i < each; i++)
                        await Of(_tells).PublishAsync(new LiveUpdate(member, "image", Guid.CreateVersion7()), CancellationToken.None);
                })
        );
        await done.Task;
        return Stopwatch.GetElapsedTime(clock);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var node in (IHost[])[_tells, _hears])
        {
            await node.StopAsync();
            node.Dispose();
        }
    }

    private static ILiveUpdates Of(IHost node) => node.Services.GetRequiredService<ILiveUpdates>();

    private static async Task<IHost> StartNodeAsync(string database, string? redis)
    {
        var builder = new HostApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
        builder.Configuration["Redis:ConnectionString"] = redis;
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddDatabase(_ => database);
        builder.Services.AddRedis(builder.Configuration);
        builder.Services.AddLiveUpdates();
        var node = builder.Build();
        await node.StartAsync();
        using var tick = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        while (!node.Services.GetRequiredService<IChangeSignals>().AreHeard)
            await tick.WaitForNextTickAsync();
        return node;
    }
}
