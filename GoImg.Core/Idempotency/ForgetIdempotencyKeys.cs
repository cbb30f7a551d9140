using GoImg.Core.Jobs;

namespace GoImg.Core.Idempotency;

public sealed record ForgetIdempotencyKeysJob : IJob
{
    public static string Kind => "idempotency.forget";
}

/// <summary>Forgets keys of requests after <see cref="IIdempotencyKeys.KeepFor"/>.</summary>
public sealed class ForgetIdempotencyKeys(IIdempotencyKeys keys, TimeProvider time) : IJobHandler<ForgetIdempotencyKeysJob>
{
    private const int Batch = 1_000;

    public async Task<JobOutcome> HandleAsync(ForgetIdempotencyKeysJob job, JobAttempt attempt, CancellationToken cancellationToken)
    {
        var old = time.GetUtcNow() - IIdempotencyKeys.KeepFor;
        while (await keys.ForgetAsync(old, Batch, cancellationToken) == Batch)
            cancellationToken.ThrowIfCancellationRequested();
        return new JobOutcome.Done();
    }
}
