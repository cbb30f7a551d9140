using GoImg.Core.Accounts;
using GoImg.Core.Audit;
using GoImg.Core.Shared;

namespace GoImg.Core.Jobs;

/// <summary>What admins do with dead letters. Every act is in the audit log.</summary>
public sealed class ManageJobs(StaffAccess staff, IDeadLetters deadLetters, IAuditLog audit, IUnitOfWork unitOfWork)
{
    private const int BatchSize = 100;

    /// <summary>Runs again from its first attempt. Fails with <see cref="NotFound"/> when it is dead no longer.</summary>
    public Task<Result> RetryAsync(Actor actor, Guid id, CancellationToken cancellationToken) =>
        OneAsync(actor, id, isRetry: true, cancellationToken);

    /// <summary>Forgets it permanently.</summary>
    public Task<Result> DiscardAsync(Actor actor, Guid id, CancellationToken cancellationToken) =>
        OneAsync(actor, id, isRetry: false, cancellationToken);

    /// <summary>All that are dead now; answers how many. What was done before an error stays done.</summary>
    public Task<Result<int>> RetryAllAsync(Actor actor, string kind, CancellationToken cancellationToken) =>
        AllAsync(actor, kind, isRetry: true, cancellationToken);

    /// <inheritdoc cref="RetryAllAsync"/>
    public Task<Result<int>> DiscardAllAsync(Actor actor, string kind, CancellationToken cancellationToken) =>
        AllAsync(actor, kind, isRetry: false, cancellationToken);

    private async Task<Result> OneAsync(Actor actor, Guid id, bool isRetry, CancellationToken cancellationToken)
    {
        if (await staff.RefuseUnlessAdminAsync(actor, cancellationToken) is { } refused)
            return refused;
        if (await ActAsync(id, isRetry, cancellationToken) is not { } job)
            return new NotFound("job");

        audit.Add(actor, ActionOf(isRetry), new AuditSubject("job", id.ToString()), job.LastError, job.Kind);
        return await unitOfWork.CommitAsync(cancellationToken);
    }

    private async Task<Result<int>> AllAsync(Actor actor, string kind, bool isRetry, CancellationToken cancellationToken)
    {
        if (await staff.RefuseUnlessAdminAsync(actor, cancellationToken) is { } refused)
            return refused;

        var (all, until) = (0, await deadLetters.NewestAsync(kind, cancellationToken));
        while (await deadLetters.OfKindAsync(kind, until, BatchSize, cancellationToken) is { Count: > 0 } batch)
        {
            var done = 0;
            foreach (var id in batch)
                done += await ActAsync(id, isRetry, cancellationToken) is null ? 0 : 1;
            audit.Add(actor, ActionOf(isRetry), new AuditSubject("jobs", kind), null, $"{done} jobs");
            if ((await unitOfWork.CommitAsync(cancellationToken)).Error is { } changed)
                return changed;
            all += done;
        }

        return all;
    }

    private Task<DeadJob?> ActAsync(Guid id, bool isRetry, CancellationToken cancellationToken) =>
        isRetry ? deadLetters.OnRequeuedAsync(id, cancellationToken) : deadLetters.RemoveAsync(id, cancellationToken);

    private static string ActionOf(bool isRetry) => isRetry ? AuditAction.JobRetried : AuditAction.JobDiscarded;
}

/// <summary>Dead letters to change, as part of the unit of work.</summary>
public interface IDeadLetters
{
    /// <summary>When the last of them died: a bound, so that those which die again at once are not taken up for ever.</summary>
    Task<DateTimeOffset?> NewestAsync(string kind, CancellationToken cancellationToken);

    Task<IReadOnlyList<Guid>> OfKindAsync(string kind, DateTimeOffset? until, int take, CancellationToken cancellationToken);

    /// <summary>Lets it wait again, with all attempts before it, and has its handler put back what giving up settled. Null when it is not dead.</summary>
    Task<DeadJob?> OnRequeuedAsync(Guid id, CancellationToken cancellationToken);

    /// <summary>Null when it is not dead.</summary>
    Task<DeadJob?> RemoveAsync(Guid id, CancellationToken cancellationToken);
}

public sealed record DeadJob(string Kind, string? LastError);
