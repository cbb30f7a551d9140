namespace GoImg.Core.RateLimits;

/// <summary>So many in any stretch of that length.</summary>
/// <param name="Count">0 is no limit.</param>
public sealed record RateLimit(int Count, TimeSpan Window);

/// <summary>The limits on use, by configuration.</summary>
public interface IRateLimitSettings
{
    RateLimit Of(RateLimitedAction use);

    /// <summary>How long a member counts as new.</summary>
    TimeSpan NewMemberFor { get; }
}
