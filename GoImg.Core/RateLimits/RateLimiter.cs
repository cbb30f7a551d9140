using GoImg.Core.Accounts;
using GoImg.Core.Shared;

namespace GoImg.Core.RateLimits;

/// <summary>Asked by whatever members do at a cost to others, before it is done: uploads, comments, reports, exports, sign-ins, registrations.</summary>
public sealed class RateLimiter(IRateLimitStore store, IRateLimitSettings limits, TimeProvider time)
{
    private static readonly RateLimitLease Unlimited = new(true, 0, int.MaxValue, TimeSpan.Zero, TimeSpan.Zero);

    /// <summary>Counts one use. Fails with <see cref="RateLimitExceeded"/>. The system itself is not limited.</summary>
    public async ValueTask<Result> TakeAsync(Actor actor, RateLimitedAction use, CancellationToken cancellationToken)
    {
        var counted = Counted(actor, use);
        var count = await CountAsync(actor, counted, cancellationToken);
        return count.IsAllowed ? Result.Success : new RateLimitExceeded(counted, limits.Of(counted), count.RetryAfter);
    }

    /// <summary>As <see cref="TakeAsync"/>, with the numbers for headers.</summary>
    public ValueTask<RateLimitLease> CountAsync(Actor actor, RateLimitedAction use, CancellationToken cancellationToken)
    {
        var limit = limits.Of(use);
        return limit.Count == 0 || actor.IsSystem
            ? ValueTask.FromResult(Unlimited)
            : store.TakeAsync(use, WhoCounts(actor, use), limit, cancellationToken);
    }

    /// <summary>How it stands before anyone is refused; null where there is no limit.</summary>
    public async ValueTask<RateLimitAllowance?> FindAllowanceAsync(Actor actor, RateLimitedAction use, CancellationToken cancellationToken)
    {
        var counted = Counted(actor, use);
        var limit = limits.Of(counted);
        return limit.Count == 0 || actor.IsSystem
            ? null
            : new(limit, await store.CountLeftAsync(counted, WhoCounts(actor, counted), limit, cancellationToken));
    }

    private RateLimitedAction Counted(Actor actor, RateLimitedAction use) =>
        use == RateLimitedAction.Upload && IsNew(actor) ? RateLimitedAction.NewMemberUpload : use;

    private static string WhoCounts(Actor actor, RateLimitedAction use) =>
        actor.MemberId is { } member
        && use
            is not (
                RateLimitedAction.SignIn
                or RateLimitedAction.Registration
                or RateLimitedAction.Request
                or RateLimitedAction.Page
                or RateLimitedAction.Asset
                or RateLimitedAction.Health
            )
            ? member.ToString()
            : actor.Network;

    private bool IsNew(Actor actor) => actor.MemberId is { } id && time.GetUtcNow() - id.WhenMade() < limits.NewMemberFor;
}

/// <summary>A limit, and how many uses may still follow at once.</summary>
public sealed record RateLimitAllowance(RateLimit Limit, int Left);

public sealed record RateLimitExceeded(RateLimitedAction Use, RateLimit Limit, TimeSpan RetryAfter)
    : Error(ErrorKind.TooMany, "limit.reached", RateLimitTexts.Exceeded.With(WordOf(Use), Limit.Count, SpanOf(Limit.Window), SpanOf(RetryAfter)))
{
    private static string WordOf(RateLimitedAction use) =>
        use switch
        {
            RateLimitedAction.SignIn => RateLimitTexts.SignIns,
            RateLimitedAction.Registration => RateLimitTexts.Registrations,
            RateLimitedAction.Upload or RateLimitedAction.NewMemberUpload => RateLimitTexts.Uploads,
            RateLimitedAction.Comment => RateLimitTexts.Comments,
            RateLimitedAction.Report => RateLimitTexts.Reports,
            RateLimitedAction.Export => RateLimitTexts.Exports,
            _ => RateLimitTexts.Requests,
        };

    private static string SpanOf(TimeSpan span) =>
        span switch
        {
            { TotalSeconds: < 60 } => RateLimitTexts.Seconds.With((int)Math.Max(1, Math.Ceiling(span.TotalSeconds))),
            { TotalMinutes: < 60 } => RateLimitTexts.Minutes.With((int)Math.Ceiling(span.TotalMinutes)),
            _ => RateLimitTexts.Hours.With((int)Math.Ceiling(span.TotalHours)),
        };
}
