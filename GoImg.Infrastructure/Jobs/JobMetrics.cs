using System.Diagnostics.Metrics;
using GoImg.Core.Jobs;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace GoImg.Infrastructure.Jobs;

/// <summary>Numbers for whoever watches this process: meter <c>GoImg.Jobs</c>. Those of the whole queue are asked for now and then
/// and given as they were.</summary>
internal sealed class JobMetrics : PeriodicService
{
    private readonly NpgsqlDataSource _database;
    private readonly Histogram<double> _duration;
    private readonly Counter<long> _ended;
    private (double OldestSeconds, long Waiting, long Running, long Dead) _queue;

    public JobMetrics(NpgsqlDataSource database, IMeterFactory meters, TimeProvider time, ILogger<JobMetrics> logger)
        : base(TimeSpan.FromSeconds(15), time, logger)
    {
        _database = database;
        var meter = meters.Create("GoImg.Jobs");
        _duration = meter.CreateHistogram<double>("goimg.jobs.duration", "s", "How long one attempt took.");
        _ended = meter.CreateCounter<long>("goimg.jobs.ended", null, "Attempts by how they ended.");
        meter.CreateObservableGauge(
            "goimg.jobs.oldest_age",
            () => _queue.OldestSeconds,
            "s",
            "How long the oldest job that is due has been waiting."
        );
        meter.CreateObservableGauge("goimg.jobs.waiting", () => _queue.Waiting);
        meter.CreateObservableGauge("goimg.jobs.running", () => _queue.Running);
        meter.CreateObservableGauge("goimg.jobs.dead", () => _queue.Dead);
    }

    /// <param name="outcome">Null when it was given back.</param>
    public void Ended(string kind, JobOutcome? outcome, TimeSpan took)
    {
        var tag = new KeyValuePair<string, object?>("kind", kind);
        _duration.Record(took.TotalSeconds, tag);
        _ended.Add(1, tag, new("outcome", outcome?.GetType().Name.ToLowerInvariant() ?? "returned"));
    }

    internal Task RefreshAsync(CancellationToken cancellationToken) => DoAsync(cancellationToken);

    protected override async Task DoAsync(CancellationToken cancellationToken)
    {
        await using var command = _database.CreateCommand(
            """
            SELECT coalesce(extract(epoch FROM now() - min(run_at) FILTER (WHERE state = 'Waiting' AND run_at <= now())), 0)::float8,
                   count(*) FILTER (WHERE state = 'Waiting'), count(*) FILTER (WHERE state = 'Running'), count(*) FILTER (WHERE state = 'Dead')
            FROM jobs WHERE state <> 'Done'
            """
        );
        await using var row = await command.ExecuteReaderAsync(cancellationToken);
        await row.ReadAsync(cancellationToken);
        _queue = (row.GetDouble(0), row.GetInt64(1), row.GetInt64(2), row.GetInt64(3));
    }
}
