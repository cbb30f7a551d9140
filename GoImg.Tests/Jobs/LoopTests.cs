using System.Diagnostics.Metrics;
using GoImg.Core.Jobs;
using GoImg.Infrastructure.Jobs;
using GoImg.Tests.Harness;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace GoImg.Tests.Jobs;

/// <summary>Background loops outlive whatever happens in them: the site must not stop because a chore failed.</summary>
public sealed class LoopTests
{
    [Fact]
    public async Task A_chore_that_throws_is_logged_and_tried_again_a_little_later_each_time()
    {
        var (log, clock) = (new LogLines(), new HurriedClock());
        using var chore = new Throwing(5, clock, log);

        await chore.StartAsync(TestContext.Current.CancellationToken);
        await chore.Recovered.WaitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken);
        await chore.StopAsync(TestContext.Current.CancellationToken);

        Assert.Equal([2, 4, 8, 16, 32], clock.Waits.Take(5).Select(w => w.TotalSeconds));
        Assert.True(log.Contains("Throwing failed and is tried again later."));
    }

    [Fact]
    public async Task The_runner_goes_on_when_claiming_failed()
    {
        var log = new LogLines();
        await using var worker = await Worker.StartAsync(log: log);
        await worker.EnqueueAsync("before");
        await worker.SeesAsync("state = 'Done'");

        await worker.SqlAsync("ALTER TABLE jobs RENAME COLUMN lease_token TO gone");
        await Eventually.TrueAsync(() => Task.FromResult(log.Contains("Looking for jobs failed")));
        await worker.SqlAsync("ALTER TABLE jobs RENAME COLUMN gone TO lease_token");
        await worker.EnqueueAsync("after");

        await worker.SeesAsync("state = 'Done'", 2);
    }

    [Fact]
    public async Task Lost_connections_come_back_and_new_jobs_are_noticed_at_once_again()
    {
        await using var worker = await Worker.StartAsync(settings: Worker.Quick with { PollInterval = TimeSpan.FromMinutes(10) });
        await worker.EnqueueAsync("before");
        await worker.SeesAsync("state = 'Done'");

        await worker.SqlAsync(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
        );
        await Eventually.TrueAsync(async () =>
        {
            try
            {
                await worker.EnqueueAsync("after");
                return true;
            }
            catch (Npgsql.NpgsqlException)
            {
                return false;
            }
        });

        await worker.SeesAsync("state = 'Done'", 2);
    }

    [Fact]
    public async Task How_long_the_oldest_due_job_waits_and_how_attempts_end_can_be_measured()
    {
        var (gauges, ended) = (new Dictionary<string, double>(), new List<string?>());
        await using var worker = await Worker.StartAsync((_, _, _, _) => Task.FromResult<JobOutcome>(new JobOutcome.Discard("no")), started: false);
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, all) =>
            {
                if (instrument.Meter.Name == "GoImg.Jobs")
                    all.EnableMeasurementEvents(instrument);
            },
        };
        listener.SetMeasurementEventCallback<double>(
            (instrument, value, _, _) =>
            {
                lock (gauges)
                    gauges[instrument.Name] = Math.Max(value, gauges.GetValueOrDefault(instrument.Name));
            }
        );
        listener.SetMeasurementEventCallback<long>(
            (instrument, value, tags, _) =>
            {
                lock (gauges)
                {
                    gauges[instrument.Name] = Math.Max(value, gauges.GetValueOrDefault(instrument.Name));
                    ended.AddRange(tags.ToArray().Where(t => t.Key == "outcome").Select(t => (string?)t.Value));
                }
            }
        );
        listener.Start();
        var metrics = worker.Services.GetRequiredService<JobMetrics>();
        await worker.EnqueueAsync("old");
        await worker.SqlAsync("UPDATE jobs SET run_at = now() - interval '1 hour'");

        await metrics.RefreshAsync(TestContext.Current.CancellationToken);
        listener.RecordObservableInstruments();
        await worker.StartAsync();
        await worker.SeesAsync("state = 'Dead'");

        lock (gauges)
        {
            Assert.InRange(gauges["goimg.jobs.oldest_age"], 3600, 3700);
            Assert.True(gauges["goimg.jobs.waiting"] >= 1);
            Assert.Contains("discard", ended);
        }
    }

    private sealed class Throwing(int times, TimeProvider time, ILogger log) : PeriodicService(TimeSpan.FromSeconds(1), time, log)
    {
        private readonly TaskCompletionSource _recovered = new();
        private int _runs;

        public Task Recovered => _recovered.Task;

        protected override Task DoAsync(CancellationToken cancellationToken)
        {
            if (++_runs <= times)
                throw new InvalidOperationException("again");
            _recovered.TrySetResult();
            return Task.CompletedTask;
        }
    }

    /// <summary>Its seconds are milliseconds; it remembers what it was asked to wait.</summary>
    private sealed class HurriedClock : TimeProvider
    {
        private readonly List<TimeSpan> _waits = [];

        public IReadOnlyList<TimeSpan> Waits
        {
            get
            {
                lock (_waits)
                    return [.. _waits];
            }
        }

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            lock (_waits)
                _waits.Add(dueTime);
            return base.CreateTimer(callback, state, dueTime / 1000, period);
        }
    }
}
