using System.Text.Json;
using GoImg.Core.Jobs;
using GoImg.Core.Shared;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace GoImg.Infrastructure.Jobs;

/// <summary>Runs one claimed job from its lease to its end. Nothing a handler throws leaves this class.</summary>
internal sealed partial class JobExecution(
    IServiceScopeFactory scopes,
    JobQueue table,
    RetrySchedule schedule,
    JobsOptions settings,
    IFailpoints failpoints,
    JobMetrics metrics,
    TimeProvider time,
    ILogger<JobExecution> logger
)
{
    /// <summary><paramref name="stop"/> cancels the handler; its job goes back untouched. <paramref name="kind"/> is null when no handler is known.</summary>
    public async Task RunAsync(ClaimedJob job, JobKind? kind, CancellationToken stop)
    {
        using var running = CancellationTokenSource.CreateLinkedTokenSource(stop);
        using var ended = new CancellationTokenSource();
        var heartbeat = KeepLeaseAsync(job, running, ended.Token);

        var began = time.GetTimestamp();
        var outcome = await HandleAsync(job, kind, running.Token);
        metrics.Ended(job.Kind, outcome, time.GetElapsedTime(began));

        await ended.CancelAsync();
        await heartbeat;
        await failpoints.HitAsync("job.before-settle." + job.Kind, CancellationToken.None);
        // Settling is not cancelled: a stop that came now would make a finished job run again.
        await SettleAsync(job, kind, outcome);
    }

    /// <summary>Null when the handler was cancelled and the job is to go back as if it had not started.</summary>
    private async Task<JobOutcome?> HandleAsync(ClaimedJob job, JobKind? kind, CancellationToken cancellationToken)
    {
        if (kind is null)
            return new JobOutcome.Retry("No handler for this kind of job in this version of GoImg.");
        if (job.Attempts > schedule.MaxAttempts)
            return new JobOutcome.Discard("The process ended at every attempt.");

        try
        {
            await failpoints.HitAsync("job.after-claim." + job.Kind, cancellationToken);
            await using var scope = ScopeOf(job);
            return await kind.RunAsync(scope.ServiceProvider, job.Payload, new JobAttempt(job.Attempts, schedule.MaxAttempts), cancellationToken);
        }
        catch (Exception failure) when (failure is LeaseLostException || cancellationToken.IsCancellationRequested)
        {
            return null;
        }
        catch (JsonException unreadable)
        {
            return new JobOutcome.Retry("The payload can't be read: " + unreadable.Message);
        }
        catch (Exception failure)
        {
            LogFailed(logger, job.Kind, job.Id, job.Attempts, failure);
            return new JobOutcome.Retry($"{failure.GetType().Name}: {failure.Message}");
        }
    }

    private async Task SettleAsync(ClaimedJob job, JobKind? kind, JobOutcome? outcome)
    {
        try
        {
            await (
                outcome switch
                {
                    null => table.PutBackAsync(job, TimeSpan.Zero, null, countAttempt: false, CancellationToken.None),
                    JobOutcome.Done => table.FinishAsync(job, JobState.Done, null, CancellationToken.None),
                    JobOutcome.Snooze snooze => table.PutBackAsync(job, snooze.Delay, snooze.Reason, countAttempt: false, CancellationToken.None),
                    JobOutcome.Retry retry when !schedule.IsSpent(job.Attempts) => table.PutBackAsync(
                        job,
                        schedule.After(job.Attempts),
                        retry.Reason,
                        countAttempt: true,
                        CancellationToken.None
                    ),
                    JobOutcome.Retry retry => OnDeadLetteredAsync(job, kind, retry.Reason),
                    JobOutcome.Discard discard => OnDeadLetteredAsync(job, kind, discard.Reason),
                    _ => throw new InvalidOperationException($"Unknown outcome {outcome.GetType().Name}."),
                }
            );
        }
        catch (Exception failure)
        {
            // The database is away. The lease runs out by itself and the job runs again; handlers are made for that.
            LogNotSettled(logger, job.Kind, job.Id, failure);
        }
    }

    private async Task<bool> OnDeadLetteredAsync(ClaimedJob job, JobKind? kind, string reason)
    {
        try
        {
            await using var scope = ScopeOf(job);
            if (kind is not null)
                await kind.OnDeadLetteredAsync(scope.ServiceProvider, job.Payload, CancellationToken.None);
        }
        catch (LeaseLostException)
        {
            return false;
        }
        catch (JsonException)
        {
            // No one can know what waits for a job that can't be read.
        }
        catch (Exception failure) when (job.Attempts < schedule.MaxAttempts + 10)
        {
            LogFailed(logger, job.Kind, job.Id, job.Attempts, failure);
            return await table.PutBackAsync(job, TimeSpan.FromMinutes(1), reason, countAttempt: true, CancellationToken.None);
        }

        LogGaveUp(logger, job.Kind, job.Id, reason);
        return await table.FinishAsync(job, JobState.Dead, reason, CancellationToken.None);
    }

    private async Task KeepLeaseAsync(ClaimedJob job, CancellationTokenSource running, CancellationToken ended)
    {
        var renewed = time.GetTimestamp();
        while (true)
        {
            await Task.Delay(settings.Heartbeat, time, ended).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (ended.IsCancellationRequested)
                return;

            try
            {
                if (!await table.RenewAsync(job, ended))
                    break;
                renewed = time.GetTimestamp();
            }
            catch (Exception) when (ended.IsCancellationRequested)
            {
                return;
            }
            catch (Exception failure)
            {
                LogNotRenewed(logger, job.Kind, job.Id, failure);
                if (time.GetElapsedTime(renewed) > settings.Lease)
                    break;
            }
        }

        LogLeaseLost(logger, job.Kind, job.Id);
        await running.CancelAsync();
    }

    private AsyncServiceScope ScopeOf(ClaimedJob job)
    {
        var scope = scopes.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<JobLease>().Hold(job.Id, job.Token);
        return scope;
    }

    [LoggerMessage(LogLevel.Warning, "Job {Kind} {Id} failed at attempt {Attempt}.")]
    private static partial void LogFailed(ILogger logger, string kind, Guid id, int attempt, Exception failure);

    [LoggerMessage(LogLevel.Error, "Job {Kind} {Id} was given up: {Reason}")]
    private static partial void LogGaveUp(ILogger logger, string kind, Guid id, string reason);

    [LoggerMessage(LogLevel.Warning, "The end of job {Kind} {Id} could not be noted; it runs again when its lease ends.")]
    private static partial void LogNotSettled(ILogger logger, string kind, Guid id, Exception failure);

    [LoggerMessage(LogLevel.Warning, "The lease of job {Kind} {Id} could not be renewed.")]
    private static partial void LogNotRenewed(ILogger logger, string kind, Guid id, Exception failure);

    [LoggerMessage(LogLevel.Warning, "The lease of job {Kind} {Id} was lost; the job is left to whoever has it now.")]
    private static partial void LogLeaseLost(ILogger logger, string kind, Guid id);
}
