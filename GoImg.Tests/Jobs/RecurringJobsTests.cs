using GoImg.Infrastructure.Jobs;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace GoImg.Tests.Jobs;

public sealed class RecurringJobsTests
{
    [Fact]
    public async Task A_recurring_job_is_enqueued_once_however_many_nodes_look_and_again_when_its_time_has_come()
    {
        await using var worker = await Worker.StartAsync(started: false);
        var daily = RecurringJob.Of(new Errand("sweep"), TimeSpan.FromDays(1));
        var scheduler = new RecurringJobs(
            worker.Services.GetRequiredService<NpgsqlDataSource>(),
            [],
            TimeProvider.System,
            NullLogger<RecurringJobs>.Instance
        );

        await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => scheduler.EnqueueIfDueAsync(daily, TestContext.Current.CancellationToken)));
        Assert.Equal(1, await worker.CountAsync());

        await worker.StartAsync();
        await worker.SeesAsync("state = 'Done'");
        await scheduler.EnqueueIfDueAsync(daily, TestContext.Current.CancellationToken);
        Assert.Equal(1, await worker.CountAsync());

        await worker.SqlAsync("UPDATE jobs SET finished_at = now() - interval '2 days'");
        await scheduler.EnqueueIfDueAsync(daily, TestContext.Current.CancellationToken);
        Assert.Equal(2, await worker.CountAsync());
    }

    [Fact]
    public async Task Old_finished_jobs_are_cleaned_away_and_dead_letters_stay_longer()
    {
        await using var worker = await Worker.StartAsync(started: false);
        foreach (var name in new[] { "old", "new", "dead", "waiting" })
            await worker.EnqueueAsync(name);
        await worker.SqlAsync("UPDATE jobs SET state = 'Done', finished_at = now() - interval '2 days' WHERE payload->>'name' = 'old'");
        await worker.SqlAsync("UPDATE jobs SET state = 'Done', finished_at = now() WHERE payload->>'name' = 'new'");
        await worker.SqlAsync("UPDATE jobs SET state = 'Dead', finished_at = now() - interval '20 days' WHERE payload->>'name' = 'dead'");

        await worker.Services.GetRequiredService<JobQueue>().CleanAsync(TestContext.Current.CancellationToken);

        Assert.Equal(3, await worker.CountAsync("payload->>'name' IN ('new', 'dead', 'waiting')"));
        Assert.Equal(3, await worker.CountAsync());
    }
}
