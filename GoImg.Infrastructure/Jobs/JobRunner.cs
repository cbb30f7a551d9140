using System.Collections.Concurrent;
using GoImg.Infrastructure.LiveUpdates;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace GoImg.Infrastructure.Jobs;

/// <summary>Claims jobs while there are free slots of their kind and lets <see cref="JobExecution"/> run them. Woken by notifications,
/// with polling behind them. A stop lets running jobs finish for a while, then gives their leases back at once.</summary>
internal sealed partial class JobRunner : BackgroundService
{
    private readonly Dictionary<string, JobKind> _kinds;
    private readonly string[] _known;
    private readonly JobQueue _table;
    private readonly JobExecution _execution;
    private readonly PostgresSignals _signals;
    private readonly JobsOptions _settings;
    private readonly TimeProvider _time;
    private readonly ILogger<JobRunner> _logger;
    private readonly SemaphoreSlim _wake = new(0);
    private readonly ConcurrentDictionary<ClaimedJob, Task> _running = new();
    private readonly CancellationTokenSource _abort = new();

    public JobRunner(
        IEnumerable<JobKind> kinds,
        JobQueue table,
        JobExecution execution,
        PostgresSignals signals,
        JobsOptions settings,
        TimeProvider time,
        ILogger<JobRunner> logger
    )
    {
        _kinds = kinds.ToDictionary(k => k.Name, StringComparer.Ordinal);
        _known = [.. _kinds.Keys];
        (_table, _execution, _signals, _settings, _time, _logger) = (table, execution, signals, settings, time, logger);
    }

    public void Wake() => _wake.Release();

    public override void Dispose()
    {
        _wake.Dispose();
        _abort.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var woken = _signals.Subscribe(PostgresSignals.Jobs, _ => Wake());
        for (var failures = 0; !stoppingToken.IsCancellationRequested; )
        {
            try
            {
                // Not before this process is known to live: a rescuer elsewhere would take its jobs away.
                await _signals.WaitUntilConnectedAsync(stoppingToken);
                await StartWhatIsDueAsync(stoppingToken);
                failures = 0;
                await _wake.WaitAsync(_settings.PollInterval, stoppingToken);
                while (_wake.Wait(0, CancellationToken.None))
                {
                    // Many signals, one look.
                }
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                break;
            }
            catch (Exception failure)
            {
                // The catch-all: without the database there is nothing to claim; look again a little later each time.
                failures = Math.Min(failures + 1, 5);
                LogClaimFailed(_logger, failure);
                await Task.Delay(TimeSpan.FromMilliseconds(250 << failures), _time, stoppingToken)
                    .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }

        await FinishOrGiveBackAsync();
    }

    private async Task StartWhatIsDueAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            var busy = _running.Keys.GroupBy(j => j.Kind).ToDictionary(g => g.Key, g => g.Count(), StringComparer.Ordinal);
            string[] free = [.. _kinds.Values.Where(k => busy.GetValueOrDefault(k.Name) < k.Concurrency).Select(k => k.Name)];
            // Not cancelled in mid-flight: a claim whose answer no one reads would hold its job for a whole lease.
            var job = await _table.ClaimAsync(free, _known, _signals.NodeId, CancellationToken.None);
            if (job is null)
                return;

            Start(job);
        }
    }

    private void Start(ClaimedJob job)
    {
        var begin = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _running[job] = RunAsync();
        begin.SetResult();

        async Task RunAsync()
        {
            await begin.Task;
            await _execution.RunAsync(job, _kinds.GetValueOrDefault(job.Kind), _abort.Token);
            _running.TryRemove(job, out _);
            Wake();
        }
    }

    private async Task FinishOrGiveBackAsync()
    {
        if (await AllEndWithinAsync(_settings.ShutdownGrace))
            return;

        await _abort.CancelAsync();
        if (await AllEndWithinAsync(_settings.ShutdownGrace))
            return;

        // Handlers that don't listen: their jobs go on elsewhere at once; the fence keeps these from saving anything.
        foreach (var job in _running.Keys)
            await _table.PutBackAsync(job, TimeSpan.Zero, null, countAttempt: false, CancellationToken.None);
    }

    private async Task<bool> AllEndWithinAsync(TimeSpan grace)
    {
        var all = Task.WhenAll(_running.Values);
        return await Task.WhenAny(all, Task.Delay(grace, _time)) == all;
    }

    [LoggerMessage(LogLevel.Warning, "Looking for jobs failed; it is tried again in a moment.")]
    private static partial void LogClaimFailed(ILogger logger, Exception failure);
}
