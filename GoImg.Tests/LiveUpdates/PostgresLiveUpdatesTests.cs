using System.Collections.Concurrent;
using GoImg.Core.Accounts;
using GoImg.Core.Images;
using GoImg.Core.LiveUpdates;
using GoImg.Tests.Harness;
using GoImg.Tests.Jobs;
using Microsoft.Extensions.DependencyInjection;

namespace GoImg.Tests.LiveUpdates;

public sealed class PostgresLiveUpdatesTests : LiveUpdatesContract
{
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
            await PublishAsync(worker, new LiveUpdate(owner, "image", ImageId.New().Value));
            return !heard.IsEmpty;
        });
        await worker.EnqueueAsync("after");
        await worker.SeesAsync("state = 'Done'", 2);
    }

    protected override async Task<Worker> StartAsync(string? connectionString = null)
    {
        var worker = await Worker.StartAsync(connectionString: connectionString);
        await HearsAsync(worker);
        return worker;
    }
}
