namespace GoImg.Core.RateLimits;

/// <summary>Counts uses in a sliding window, per user of them: in this process, or by all nodes together.</summary>
public interface IRateLimitStore
{
    /// <summary>Counts one use if there is room for it; a refused try costs nothing.</summary>
    /// <param name="who">A member's id or a network address.</param>
    ValueTask<RateLimitLease> TakeAsync(RateLimitedAction use, string who, RateLimit limit, CancellationToken cancellationToken);

    /// <summary>How many uses may still follow at once; counts none.</summary>
    ValueTask<int> CountLeftAsync(RateLimitedAction use, string who, RateLimit limit, CancellationToken cancellationToken);
}

/// <summary>How it stands after a try.</summary>
/// <param name="Remaining">What may still follow at once.</param>
/// <param name="RetryAfter">Until the next one is allowed; zero unless refused.</param>
public sealed record RateLimitLease(bool IsAllowed, int Limit, int Remaining, TimeSpan ResetsIn, TimeSpan RetryAfter);
