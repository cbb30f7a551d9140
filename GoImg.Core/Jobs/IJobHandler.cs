namespace GoImg.Core.Jobs;

/// <summary>Does one kind of job. Idempotent: a job may run twice, even at once; its commits are fenced by the lease.</summary>
public interface IJobHandler<in TJob>
    where TJob : IJob
{
    /// <summary>Throwing counts as a failed attempt and is retried with backoff.</summary>
    Task<JobOutcome> HandleAsync(TJob job, JobAttempt attempt, CancellationToken cancellationToken);

    /// <summary>The job is given up: its attempts are spent, also by processes that died over it, or it was discarded.
    /// Settles what waits for the job, and keeps off whatever may have failed before. Idempotent; by default nothing waits.</summary>
    Task OnDeadLetteredAsync(TJob job, CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>An admin has the given-up job run again: puts back what <see cref="OnDeadLetteredAsync"/> settled, as part of the caller's unit of work.</summary>
    Task OnRequeuedAsync(TJob job, CancellationToken cancellationToken) => Task.CompletedTask;
}

/// <summary>Which try this is, from 1.</summary>
public sealed record JobAttempt(int Number, int Max)
{
    public bool IsLast => Number >= Max;
}
