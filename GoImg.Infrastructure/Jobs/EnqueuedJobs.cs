using System.Text.Json;
using GoImg.Core.Jobs;
using GoImg.Infrastructure.Database;
using GoImg.Infrastructure.LiveUpdates;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using NpgsqlTypes;

namespace GoImg.Infrastructure.Jobs;

/// <summary>Collects a scope's new jobs; the unit of work writes them inside its transaction.</summary>
internal sealed class EnqueuedJobs(GoImgDbContext db) : IJobQueue
{
    private readonly List<NpgsqlParameter[]> _pending = [];

    public bool HasPending => _pending.Count > 0;

    public void Enqueue<TJob>(TJob job, JobOptions? options = null)
        where TJob : IJob
    {
        options ??= new JobOptions();
        _pending.Add([
            new("id", Guid.CreateVersion7()),
            new("kind", TJob.Kind),
            new("payload", NpgsqlDbType.Jsonb) { Value = JsonSerializer.Serialize(job, JobJson.Options) },
            new("priority", (int)options.Priority),
            new("delay", options.Delay ?? TimeSpan.Zero),
            new("member", NpgsqlDbType.Uuid) { Value = (object?)options.MemberId ?? DBNull.Value },
        ]);
    }

    public void Clear() => _pending.Clear();

    /// <summary>Inside the current transaction; listeners wake when it commits.</summary>
    public async Task WriteAsync(CancellationToken cancellationToken)
    {
        foreach (var parameters in _pending)
            await db.Database.ExecuteSqlRawAsync(Insert, parameters, cancellationToken);
        if (HasPending)
            await db.Database.ExecuteSqlRawAsync($"SELECT pg_notify('{PostgresSignals.Jobs}', '')", cancellationToken);
        _pending.Clear();
    }

    // 30 s a waiting job: more than one job takes, so that a newcomer is before all but those who would have run by now.
    private const string Insert = """
        INSERT INTO jobs (id, kind, payload, priority, state, run_at, turn_at, attempts, member_id, created_at)
        SELECT @id, @kind, @payload, @priority, 'Waiting', now() + @delay,
               now() + @delay + interval '30 seconds' * (SELECT count(*) FROM jobs WHERE member_id = @member AND state = 'Waiting'),
               0, @member, now()
        """;
}
