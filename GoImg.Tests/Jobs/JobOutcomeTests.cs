using GoImg.Core.Jobs;

namespace GoImg.Tests.Jobs;

public sealed class JobOutcomeTests
{
    [Fact]
    public async Task A_job_that_throws_is_tried_again_and_then_given_up_as_a_dead_letter_with_its_reason()
    {
        await using var worker = await Worker.StartAsync((_, _, _, _) => throw new InvalidOperationException("no luck"));

        await worker.EnqueueAsync("doomed");
        await worker.SeesAsync("state = 'Dead'");

        Assert.Equal([("doomed", 1), ("doomed", 2), ("doomed", 3)], worker.Does.Runs);
        Assert.Equal(["doomed"], worker.Does.GivenUp);
        Assert.Equal(1, await worker.CountAsync("last_error LIKE '%no luck%' AND finished_at IS NOT NULL AND lease_token IS NULL"));
    }

    [Fact]
    public async Task Failing_jobs_do_not_hold_up_others()
    {
        await using var worker = await Worker.StartAsync(
            (errand, _, _, _) =>
                errand.Name == "poison" ? throw new InvalidOperationException("poison") : Task.FromResult<JobOutcome>(new JobOutcome.Done()),
            started: false,
            concurrency: 1
        );
        for (var i = 0; i < 10; i++)
            await worker.EnqueueAsync("poison");
        await worker.EnqueueAsync("fine");

        await worker.StartAsync();

        await worker.SeesAsync("state = 'Dead'", 10);
        await worker.SeesAsync("state = 'Done'");
    }

    [Fact]
    public async Task A_retry_that_works_is_the_end_of_it()
    {
        await using var worker = await Worker.StartAsync(
            (_, attempt, _, _) => Task.FromResult<JobOutcome>(attempt.Number < 3 ? new JobOutcome.Retry("not yet") : new JobOutcome.Done())
        );

        await worker.EnqueueAsync("third time lucky");
        await worker.SeesAsync("state = 'Done'");

        Assert.Equal(3, worker.Does.Runs.Count);
        Assert.Empty(worker.Does.GivenUp);
    }

    [Fact]
    public async Task A_snooze_spends_no_attempt()
    {
        var snoozes = 0;
        await using var worker = await Worker.StartAsync(
            (_, _, _, _) =>
                Task.FromResult<JobOutcome>(
                    Interlocked.Increment(ref snoozes) <= 10 ? new JobOutcome.Snooze(TimeSpan.Zero, "down") : new JobOutcome.Done()
                )
        );

        await worker.EnqueueAsync("patient");
        await worker.SeesAsync("state = 'Done'");

        Assert.All(worker.Does.Runs, run => Assert.Equal(1, run.Attempt));
        Assert.Equal(11, worker.Does.Runs.Count);
    }

    [Fact]
    public async Task A_discarded_job_is_given_up_at_once()
    {
        await using var worker = await Worker.StartAsync((_, _, _, _) => Task.FromResult<JobOutcome>(new JobOutcome.Discard("pointless")));

        await worker.EnqueueAsync("pointless");
        await worker.SeesAsync("state = 'Dead' AND last_error = 'pointless'");

        Assert.Single(worker.Does.Runs);
        Assert.Single(worker.Does.GivenUp);
    }

    [Theory]
    [InlineData("'who.knows', '{}'")]
    [InlineData("'test.errand', '{\"other\": 1}'")]
    [InlineData("'test.errand', '[]'")]
    public async Task An_unknown_kind_or_unreadable_payload_backs_off_and_ends_as_a_dead_letter(string kindAndPayload)
    {
        await using var worker = await Worker.StartAsync();
        await worker.EnqueueAsync("fine");

        await worker.SqlAsync(
            $"""
            INSERT INTO jobs (id, kind, payload, priority, state, run_at, turn_at, attempts, created_at)
            SELECT gen_random_uuid(), kind, payload::jsonb, 10, 'Waiting', now(), now(), 0, now() FROM (VALUES ({kindAndPayload})) AS odd (kind, payload)
            """
        );

        await worker.SeesAsync("state = 'Dead' AND attempts = 3");
        await worker.SeesAsync("state = 'Done'");
        Assert.Single(worker.Does.Runs);
    }
}
