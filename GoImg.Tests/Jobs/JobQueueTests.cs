using System.Collections.Concurrent;
using GoImg.Core.Jobs;
using GoImg.Core.Shared;
using Microsoft.Extensions.DependencyInjection;

namespace GoImg.Tests.Jobs;

public sealed class JobQueueTests
{
    [Fact]
    public async Task A_job_exists_exactly_if_its_unit_of_work_was_committed()
    {
        await using var worker = await Worker.StartAsync(started: false);

        await using (var scope = worker.Services.CreateAsyncScope())
            scope.ServiceProvider.GetRequiredService<IJobQueue>().Enqueue(new Errand("forgotten"));
        await worker.EnqueueAsync("kept");

        Assert.Equal(1, await worker.CountAsync());
        Assert.Equal(1, await worker.CountAsync("state = 'Waiting' AND payload->>'name' = 'kept'"));
    }

    [Fact]
    public async Task Eight_workers_run_each_job_once()
    {
        var done = new ConcurrentBag<string>();
        await using var first = await Worker.StartAsync(Note, started: false);
        for (var i = 0; i < 200; i++)
            await first.EnqueueAsync($"job {i}");
        var others = await Task.WhenAll(Enumerable.Range(0, 7).Select(_ => Worker.StartAsync(Note, connectionString: first.ConnectionString)));

        await first.StartAsync();
        await first.SeesAsync("state = 'Done'", 200);

        Assert.Equal(200, done.Count);
        Assert.Equal(200, done.Distinct().Count());
        Assert.Equal(200, await first.CountAsync("attempts = 1"));
        foreach (var other in others)
            await other.DisposeAsync();

        Task<JobOutcome> Note(Errand errand, JobAttempt attempt, IServiceProvider services, CancellationToken cancellationToken)
        {
            done.Add(errand.Name);
            return Task.FromResult<JobOutcome>(new JobOutcome.Done());
        }
    }

    [Fact]
    public async Task A_new_job_wakes_a_worker_that_polls_rarely()
    {
        await using var worker = await Worker.StartAsync(settings: Worker.Quick with { PollInterval = TimeSpan.FromMinutes(10) });
        await worker.EnqueueAsync("first");
        await worker.SeesAsync("state = 'Done'");

        await worker.EnqueueAsync("second");

        await worker.SeesAsync("state = 'Done'", 2);
    }

    [Fact]
    public async Task A_job_with_a_delay_is_not_run_before_its_time()
    {
        await using var worker = await Worker.StartAsync();
        await worker.EnqueueAsync("later", new JobOptions(Delay: TimeSpan.FromHours(1)));
        await worker.EnqueueAsync("now");

        await worker.SeesAsync("state = 'Done' AND payload->>'name' = 'now'");

        Assert.Equal(1, await worker.CountAsync("state = 'Waiting' AND attempts = 0"));
        await worker.SqlAsync("UPDATE jobs SET run_at = now() WHERE state = 'Waiting'");
        await worker.SeesAsync("state = 'Done'", 2);
    }

    [Fact]
    public async Task Jobs_of_high_priority_run_first()
    {
        await using var worker = await Worker.StartAsync(started: false, concurrency: 1);
        await worker.EnqueueAsync("low", new JobOptions(Priority: JobPriority.Low));
        await worker.EnqueueAsync("normal");
        await worker.EnqueueAsync("high", new JobOptions(Priority: JobPriority.High));

        await worker.StartAsync();
        await worker.SeesAsync("state = 'Done'", 3);

        Assert.Equal(["high", "normal", "low"], worker.Does.Runs.Select(r => r.Name));
    }

    [Fact]
    public async Task A_member_with_many_jobs_lets_another_members_single_one_pass()
    {
        var (busy, other) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        await using var worker = await Worker.StartAsync(started: false, concurrency: 1);
        for (var i = 0; i < 100; i++)
            await worker.EnqueueAsync($"busy {i}", new JobOptions(MemberId: busy));
        await worker.EnqueueAsync("single", new JobOptions(MemberId: other));

        await worker.StartAsync();
        await worker.SeesAsync("state = 'Done'", 101);

        Assert.InRange(worker.Does.Runs.Select(r => r.Name).ToList().IndexOf("single"), 0, 2);
    }

    [Fact]
    public async Task Two_thousand_jobs_and_twenty_poisonous_ones_of_one_member_let_anothers_single_one_pass()
    {
        var (busy, other) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        await using var worker = await Worker.StartAsync(
            (errand, _, _, _) =>
                errand.Name == "poison" ? throw new InvalidOperationException("poison") : Task.FromResult<JobOutcome>(new JobOutcome.Done()),
            started: false,
            concurrency: 2
        );
        await using (var scope = worker.Services.CreateAsyncScope())
        {
            var queue = scope.ServiceProvider.GetRequiredService<IJobQueue>();
            for (var i = 0; i < 2020; i++)
                queue.Enqueue(new Errand(i < 20 ? "poison" : $"busy {i}"), new JobOptions(MemberId: busy));
            await scope.ServiceProvider.GetRequiredService<IUnitOfWork>().CommitAsync(TestContext.Current.CancellationToken);
        }

        await worker.StartAsync();
        await worker.SeesAsync("state = 'Done'", found => found > 20);
        await worker.EnqueueAsync("single", new JobOptions(MemberId: other));
        await worker.SeesAsync("state = 'Done' AND payload->>'name' = 'single'");
        var waiting = await worker.CountAsync("state = 'Waiting'");

        Assert.True(waiting > 1000, $"Only {waiting} jobs were left behind the single one: it did not pass.");
        await worker.SeesAsync("state = 'Dead'", 20);
    }

    [Fact]
    public async Task No_more_of_a_kind_run_at_once_than_it_allows()
    {
        var (running, most) = (0, 0);
        await using var worker = await Worker.StartAsync(
            async (_, _, _, cancellationToken) =>
            {
                InterlockedMax(ref most, Interlocked.Increment(ref running));
                await Task.Delay(20, cancellationToken);
                Interlocked.Decrement(ref running);
                return new JobOutcome.Done();
            },
            started: false,
            concurrency: 3
        );
        for (var i = 0; i < 30; i++)
            await worker.EnqueueAsync($"job {i}");

        await worker.StartAsync();
        await worker.SeesAsync("state = 'Done'", 30);

        Assert.Equal(3, most);
    }

    private static void InterlockedMax(ref int most, int value)
    {
        for (var seen = most; value > seen; seen = most)
            Interlocked.CompareExchange(ref most, value, seen);
    }
}
