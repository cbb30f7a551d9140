using System.Text.Json;
using GoImg.Core.Jobs;
using Microsoft.Extensions.Logging;
using Npgsql;
using NpgsqlTypes;

namespace GoImg.Infrastructure.Jobs;

/// <summary>A job that is due again some time after it last ended.</summary>
internal sealed record RecurringJob(string Kind, string Payload, TimeSpan Interval)
{
    public static RecurringJob Of<TJob>(TJob job, TimeSpan interval)
        where TJob : IJob => new(TJob.Kind, JsonSerializer.Serialize(job, JobJson.Options), interval);
}

/// <summary>Enqueues recurring jobs when they are due: once, however many nodes look.</summary>
internal sealed class RecurringJobs(NpgsqlDataSource database, IEnumerable<RecurringJob> recurring, TimeProvider time, ILogger<RecurringJobs> logger)
    : PeriodicService(TimeSpan.FromMinutes(1), time, logger)
{
    protected override async Task DoAsync(CancellationToken cancellationToken)
    {
        foreach (var job in recurring)
            await EnqueueIfDueAsync(job, cancellationToken);
    }

    internal async Task EnqueueIfDueAsync(RecurringJob job, CancellationToken cancellationToken)
    {
        // The lock is a statement of its own: a single one would look at a snapshot from before it had to wait.
        await using var batch = database.CreateBatch();
        batch.BatchCommands.Add(
            new NpgsqlBatchCommand("SELECT pg_advisory_xact_lock(hashtextextended('goimg job ' || $1, 0))")
            {
                Parameters = { new() { Value = job.Kind } },
            }
        );
        batch.BatchCommands.Add(
            new NpgsqlBatchCommand(
                """
                INSERT INTO jobs (id, kind, payload, priority, state, run_at, turn_at, attempts, created_at)
                SELECT gen_random_uuid(), $1, $2, $3, 'Waiting', now(), now(), 0, now()
                WHERE NOT EXISTS (SELECT FROM jobs WHERE kind = $1 AND (state IN ('Waiting', 'Running') OR finished_at > now() - $4))
                """
            )
            {
                Parameters =
                {
                    new() { Value = job.Kind },
                    new() { Value = job.Payload, NpgsqlDbType = NpgsqlDbType.Jsonb },
                    new() { Value = (int)JobPriority.Low },
                    new() { Value = job.Interval },
                },
            }
        );
        await batch.ExecuteNonQueryAsync(cancellationToken);
    }
}
