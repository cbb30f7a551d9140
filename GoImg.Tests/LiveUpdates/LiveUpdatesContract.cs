using System.Collections.Concurrent;
using GoImg.Core.Accounts;
using GoImg.Core.Images;
using GoImg.Core.LiveUpdates;
using GoImg.Infrastructure.LiveUpdates;
using GoImg.Tests.Harness;
using GoImg.Tests.Jobs;
using Microsoft.Extensions.DependencyInjection;

namespace GoImg.Tests.LiveUpdates;

/// <summary>What live updates do, by whatever signals. Those of each kind inherit this and add what only they can get wrong.</summary>
public abstract class LiveUpdatesContract
{
    [Fact]
    public async Task A_change_is_heard_on_every_node_by_its_owners_listeners_only()
    {
        await using var here = await StartAsync();
        await using var there = await StartAsync(here.ConnectionString);
        var (owner, other) = (MemberId.New(), MemberId.New());
        var heard = new ConcurrentQueue<LiveUpdate>();
        using var listening = there.Services.GetRequiredService<ILiveUpdates>().Subscribe(owner, heard.Enqueue);
        using var failing = there
            .Services.GetRequiredService<ILiveUpdates>()
            .Subscribe(owner, _ => throw new InvalidOperationException("a page in trouble"));
        var change = new LiveUpdate(owner, "image", ImageId.New().Value);

        await PublishAsync(here, new LiveUpdate(other, "image", ImageId.New().Value));
        await PublishAsync(here, change);

        await Eventually.TrueAsync(() => Task.FromResult(!heard.IsEmpty));
        Assert.Equal([change], heard);
    }

    [Fact]
    public async Task A_disposed_subscription_hears_nothing_more()
    {
        await using var worker = await StartAsync();
        var owner = MemberId.New();
        var (ended, open) = (new ConcurrentQueue<LiveUpdate>(), new ConcurrentQueue<LiveUpdate>());
        worker.Services.GetRequiredService<ILiveUpdates>().Subscribe(owner, ended.Enqueue).Dispose();
        using var listening = worker.Services.GetRequiredService<ILiveUpdates>().Subscribe(owner, open.Enqueue);

        await PublishAsync(worker, new LiveUpdate(owner, "image", ImageId.New().Value));

        await Eventually.TrueAsync(() => Task.FromResult(!open.IsEmpty));
        Assert.Empty(ended);
    }

    /// <summary>A node that hears what is sent to it.</summary>
    protected abstract Task<Worker> StartAsync(string? connectionString = null);

    protected static Task PublishAsync(Worker node, LiveUpdate update) =>
        node.Services.GetRequiredService<ILiveUpdates>().PublishAsync(update, TestContext.Current.CancellationToken);

    protected static Task HearsAsync(Worker node, bool isSo = true) =>
        Eventually.TrueAsync(() => Task.FromResult(node.Services.GetRequiredService<IChangeSignals>().AreHeard == isSo));
}
