using System.Collections.Concurrent;
using GoImg.Core.Accounts;
using GoImg.Core.Images;
using GoImg.Core.LiveUpdates;
using GoImg.Infrastructure.LiveUpdates;
using GoImg.Tests.Harness;
using GoImg.Tests.Jobs;
using Microsoft.Extensions.DependencyInjection;

namespace GoImg.Tests.LiveUpdates;

public sealed class PostgresLiveUpdatesTests
{
    [Fact]
    public async Task A_change_is_heard_on_every_node_by_its_owners_listeners_only()
    {
        await using var here = await Worker.StartAsync();
        await using var there = await Worker.StartAsync(connectionString: here.ConnectionString);
        var (owner, other) = (MemberId.New(), MemberId.New());
        var heard = new ConcurrentQueue<LiveUpdate>();
        using var listening = await SubscribeAsync(there, owner, heard.Enqueue);
        using var failing = await SubscribeAsync(there, owner, _ => throw new InvalidOperationException("a page in trouble"));
        var change = new LiveUpdate(owner, "image", ImageId.New().Value);

        await here
            .Services.GetRequiredService<ILiveUpdates>()
            .PublishAsync(new LiveUpdate(other, "image", ImageId.New().Value), TestContext.Current.CancellationToken);
        await here.Services.GetRequiredService<ILiveUpdates>().PublishAsync(change, TestContext.Current.CancellationToken);

        await Eventually.TrueAsync(() => Task.FromResult(!heard.IsEmpty));
        Assert.Equal([change], heard);
    }

    [Fact]
    public async Task A_disposed_subscription_hears_nothing_more()
    {
        await using var worker = await Worker.StartAsync();
        var owner = MemberId.New();
        var (ended, open) = (new ConcurrentQueue<LiveUpdate>(), new ConcurrentQueue<LiveUpdate>());
        (await SubscribeAsync(worker, owner, ended.Enqueue)).Dispose();
        using var listening = await SubscribeAsync(worker, owner, open.Enqueue);

        await worker
            .Services.GetRequiredService<ILiveUpdates>()
            .PublishAsync(new LiveUpdate(owner, "image", ImageId.New().Value), TestContext.Current.CancellationToken);

        await Eventually.TrueAsync(() => Task.FromResult(!open.IsEmpty));
        Assert.Empty(ended);
    }

    [Fact]
    public async Task Signals_and_jobs_come_again_after_the_database_cut_every_connection()
    {
        await using var worker = await Worker.StartAsync();
        await worker.EnqueueAsync("before");
        await worker.SeesAsync("state = 'Done'");

        await worker.SqlAsync(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid() AND datname = current_database()"
        );
        var heard = new ConcurrentQueue<LiveUpdate>();
        var owner = MemberId.New();
        using var listening = worker.Services.GetRequiredService<ILiveUpdates>().Subscribe(owner, heard.Enqueue);

        await Eventually.TrueAsync(async () =>
        {
            await worker
                .Services.GetRequiredService<ILiveUpdates>()
                .PublishAsync(new LiveUpdate(owner, "image", ImageId.New().Value), TestContext.Current.CancellationToken);
            return !heard.IsEmpty;
        });
        await worker.EnqueueAsync("after");
        await worker.SeesAsync("state = 'Done'", 2);
    }

    private static async Task<IDisposable> SubscribeAsync(Worker worker, MemberId owner, Action<LiveUpdate> listener)
    {
        await worker.Services.GetRequiredService<PostgresSignals>().WaitUntilConnectedAsync(TestContext.Current.CancellationToken);
        return worker.Services.GetRequiredService<ILiveUpdates>().Subscribe(owner, listener);
    }
}
