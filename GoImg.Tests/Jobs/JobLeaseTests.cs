using GoImg.Core.Jobs;
using GoImg.Core.Shared;
using GoImg.Infrastructure.Jobs;
using Microsoft.Extensions.DependencyInjection;

namespace GoImg.Tests.Jobs;

public sealed class JobLeaseTests
{
    private const string LeftBehind = """
        INSERT INTO jobs (id, kind, payload, priority, state, run_at, turn_at, attempts, lease_token, lease_until, holder, created_at)
        SELECT gen_random_uuid(), 'test.errand', '{"name": "left behind"}', 10, 'Running', now(), now(), 1, gen_random_uuid(), 
        """;

    [Fact]
    public async Task A_job_whose_lease_ran_out_is_run_again_and_the_attempt_counts()
    {
        await using var worker = await Worker.StartAsync();

        await worker.SqlAsync(LeftBehind + "now() - interval '1 second', 1, now()");
        await worker.SeesAsync("state = 'Done'");

        Assert.Equal([("left behind", 2)], worker.Does.Runs);
    }

    [Fact]
    public async Task A_job_of_a_process_that_is_gone_is_run_again_long_before_its_lease_ends()
    {
        await using var worker = await Worker.StartAsync();

        await worker.SqlAsync(LeftBehind + "now() + interval '1 hour', 1, now()");

        await worker.SeesAsync("state = 'Done' AND attempts = 2");
    }

    [Fact]
    public async Task A_job_that_runs_longer_than_a_lease_stays_with_its_living_process()
    {
        var enough = new TaskCompletionSource();
        await using var first = await Worker.StartAsync(
            async (_, _, _, _) =>
            {
                await enough.Task;
                return new JobOutcome.Done();
            }
        );
        await first.EnqueueAsync("long");
        await first.SeesAsync("state = 'Running'");
        var lease = await first.AskAsync<DateTime>("SELECT lease_until FROM jobs");
        await using var second = await Worker.StartAsync(connectionString: first.ConnectionString);

        // Renewed past the whole length of the first lease, under the eyes of a second node's rescuer.
        await first.SeesAsync($"lease_until > '{lease:O}'::timestamptz + interval '3 seconds'");
        enough.SetResult();
        await first.SeesAsync("state = 'Done' AND attempts = 1");

        Assert.Empty(second.Does.Runs);
    }

    [Fact]
    public async Task A_zombie_that_lost_its_lease_saves_nothing()
    {
        var thrown = new TaskCompletionSource<Exception?>();
        await using var worker = await Worker.StartAsync(
            async (errand, attempt, services, cancellationToken) =>
            {
                if (errand.Name != "parent" || attempt.Number > 1)
                    return new JobOutcome.Done();

                await services
                    .GetRequiredService<Npgsql.NpgsqlDataSource>()
                    .CreateCommand("UPDATE jobs SET lease_token = gen_random_uuid(), lease_until = now()")
                    .ExecuteNonQueryAsync(cancellationToken);
                services.GetRequiredService<IJobQueue>().Enqueue(new Errand("child"));
                thrown.SetResult(await Record.ExceptionAsync(() => services.GetRequiredService<IUnitOfWork>().CommitAsync(CancellationToken.None)));
                return new JobOutcome.Done();
            }
        );

        await worker.EnqueueAsync("parent");
        await worker.SeesAsync("state = 'Done' AND attempts = 2");

        Assert.IsType<LeaseLostException>(await thrown.Task);
        Assert.Equal(1, await worker.CountAsync());
    }

    [Fact]
    public async Task Losing_the_lease_cancels_the_handler()
    {
        var cancelled = new TaskCompletionSource();
        await using var worker = await Worker.StartAsync(
            async (_, attempt, _, cancellationToken) =>
            {
                if (attempt.Number > 1)
                    return new JobOutcome.Done();
                await using var _ = cancellationToken.Register(() => cancelled.TrySetResult());
                await Task.Delay(Timeout.InfiniteTimeSpan, cancellationToken);
                return new JobOutcome.Done();
            }
        );
        await worker.EnqueueAsync("stolen");
        await worker.SeesAsync("state = 'Running'");

        await worker.SqlAsync("UPDATE jobs SET lease_token = gen_random_uuid(), lease_until = now()");

        await cancelled.Task.WaitAsync(TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken);
        await worker.SeesAsync("state = 'Done'");
    }

    [Fact]
    public async Task A_row_deleted_in_mid_run_harms_nothing()
    {
        await using var worker = await Worker.StartAsync(
            async (errand, _, services, cancellationToken) =>
            {
                if (errand.Name == "deleted")
                    await services
                        .GetRequiredService<Npgsql.NpgsqlDataSource>()
                        .CreateCommand("DELETE FROM jobs WHERE state = 'Running'")
                        .ExecuteNonQueryAsync(cancellationToken);
                return new JobOutcome.Done();
            }
        );

        await worker.EnqueueAsync("deleted");
        await worker.SeesAsync("true", 0);
        await worker.EnqueueAsync("next");

        await worker.SeesAsync("state = 'Done' AND payload->>'name' = 'next'");
    }

    [Fact]
    public async Task A_job_that_kills_its_process_every_time_is_given_up_without_being_run_again()
    {
        await using var worker = await Worker.StartAsync(started: false);
        await worker.SqlAsync(LeftBehind + "now() - interval '1 second', 1, now()");
        await worker.SqlAsync("UPDATE jobs SET attempts = 3");

        await worker.StartAsync();
        await worker.SeesAsync("state = 'Dead'");

        Assert.Empty(worker.Does.Runs);
        Assert.Equal(["left behind"], worker.Does.GivenUp);
    }

    [Fact]
    public async Task A_dead_process_job_is_found_among_hundreds_that_run_long()
    {
        await using var worker = await Worker.StartAsync(started: false);
        await worker.SqlAsync(LeftBehind + "now() + interval '1 hour', 7, now() FROM generate_series(1, 600)");
        await worker.SqlAsync(LeftBehind + "now() - interval '1 second', 7, now()");

        var rescued = await worker.Services.GetRequiredService<JobQueue>().RescueAsync(self: 7, TestContext.Current.CancellationToken);

        Assert.Equal(1, rescued);
        Assert.Equal(600, await worker.CountAsync("state = 'Running'"));
    }

    [Theory]
    [InlineData(+1)]
    [InlineData(-1)]
    public async Task A_nodes_wrong_clock_neither_runs_a_job_twice_nor_holds_it_back(int daysOff)
    {
        var enough = new TaskCompletionSource();
        await using var wrong = await Worker.StartAsync(
            async (errand, _, _, _) =>
            {
                if (errand.Name == "long")
                    await enough.Task;
                return new JobOutcome.Done();
            },
            time: new WrongClock(TimeSpan.FromDays(daysOff))
        );
        await wrong.EnqueueAsync("long");
        await wrong.SeesAsync("state = 'Running'");
        await using var right = await Worker.StartAsync(connectionString: wrong.ConnectionString);
        await wrong.EnqueueAsync("later", new JobOptions(Delay: TimeSpan.FromHours(1)));

        // A lease of the database's seconds, renewed by it, with a node of the right time beside.
        var lease = await wrong.AskAsync<DateTime>("SELECT lease_until FROM jobs WHERE state = 'Running'");
        await wrong.SeesAsync(
            $"state = 'Running' AND lease_until > '{lease:O}'::timestamptz + interval '2 seconds' AND lease_until < now() + interval '3 seconds'"
        );
        enough.SetResult();

        await wrong.SeesAsync("state = 'Done' AND attempts = 1");
        Assert.Equal(1, await wrong.CountAsync("state = 'Waiting' AND run_at BETWEEN now() + interval '50 minutes' AND now() + interval '1 hour'"));
        Assert.Empty(right.Does.Runs);
    }

    private sealed class WrongClock(TimeSpan off) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + off;
    }

    [Fact]
    public async Task A_stop_lets_a_running_job_finish()
    {
        await using var worker = await Worker.StartAsync(
            async (_, _, _, _) =>
            {
                await Task.Delay(300, CancellationToken.None);
                return new JobOutcome.Done();
            }
        );
        await worker.EnqueueAsync("short");
        await worker.SeesAsync("state = 'Running'");

        await worker.StopAsync();

        Assert.Equal(1, await worker.CountAsync("state = 'Done'"));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_stop_gives_long_jobs_back_at_once_without_spending_an_attempt(bool listens)
    {
        await using var worker = await Worker.StartAsync(
            async (_, _, _, cancellationToken) =>
            {
                await Task.Delay(Timeout.InfiniteTimeSpan, listens ? cancellationToken : CancellationToken.None);
                return new JobOutcome.Done();
            },
            settings: Worker.Quick with
            {
                ShutdownGrace = TimeSpan.FromMilliseconds(200),
                Lease = TimeSpan.FromMinutes(5),
            }
        );
        await worker.EnqueueAsync("endless");
        await worker.SeesAsync("state = 'Running'");

        await worker.StopAsync();

        Assert.Equal(1, await worker.CountAsync("state = 'Waiting' AND attempts = 0 AND lease_token IS NULL AND run_at <= now()"));
    }
}
