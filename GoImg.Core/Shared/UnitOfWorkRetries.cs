namespace GoImg.Core.Shared;

public static class UnitOfWorkRetries
{
    // Each try meets the thing as the last change left it; no one loses this often in a row by chance.
    private const int MaxTries = 5;

    /// <summary>Does <paramref name="change"/> and saves; from the start when something it loaded was changed meanwhile, five times at most,
    /// and then fails with <see cref="StaleEdit"/>. An error of <paramref name="change"/> is the answer, and nothing is saved.</summary>
    public static async Task<Result<T>> RetryAsync<T>(this IUnitOfWork work, Func<Task<Result<T>>> change, CancellationToken cancellationToken)
    {
        for (var tries = 1; ; tries++)
        {
            var changed = await change();
            if (!changed.IsSuccess)
                return changed;
            var saved = await work.CommitAsync(cancellationToken);
            if (saved.IsSuccess)
                return changed;
            if (saved.Error is not StaleEdit || tries == MaxTries)
                return saved.Error!;
        }
    }

    /// <inheritdoc cref="RetryAsync{T}"/>
    public static async Task<Result> RetryAsync(this IUnitOfWork work, Func<Task<Result>> change, CancellationToken cancellationToken)
    {
        var done = await work.RetryAsync<bool>(async () => (await change()).Error is { } error ? error : true, cancellationToken);
        return done.Error is { } refused ? refused : Result.Success;
    }
}
