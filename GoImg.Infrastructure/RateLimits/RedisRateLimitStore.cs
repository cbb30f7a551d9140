using GoImg.Core.RateLimits;
using GoImg.Infrastructure.Redis;
using StackExchange.Redis;

namespace GoImg.Infrastructure.RateLimits;

/// <summary>Counts for all nodes together. This node counts what it allowed as well: while Redis is away its own count limits, and what Redis forgot
/// (restarted, flushed) the node still knows. Whoever is refused here is not asked about there.</summary>
internal sealed class RedisRateLimitStore(RedisConnection redis, InProcessRateLimitStore own) : IRateLimitStore
{
    /// <summary>Null for the clock of Redis: nodes whose clocks differ count alike. Tests have one to move.</summary>
    public TimeProvider? Clock { get; init; }

    private static readonly string Script = ReadScript();

    public async ValueTask<RateLimitLease> TakeAsync(RateLimitedAction use, string who, RateLimit limit, CancellationToken cancellationToken)
    {
        if (!redis.IsUp || await own.CountLeftAsync(use, who, limit, cancellationToken) == 0)
            return await own.TakeAsync(use, who, limit, cancellationToken);
        if (await AskAsync(use, who, limit, takes: true) is not { } lease)
            return await own.TakeAsync(use, who, limit, cancellationToken);
        if (lease.IsAllowed)
            await own.TakeAsync(use, who, limit, cancellationToken);
        return lease;
    }

    public async ValueTask<int> CountLeftAsync(RateLimitedAction use, string who, RateLimit limit, CancellationToken cancellationToken)
    {
        var left = await own.CountLeftAsync(use, who, limit, cancellationToken);
        return left > 0 && await AskAsync(use, who, limit, takes: false) is { } lease ? Math.Min(left, lease.Remaining) : left;
    }

    private async ValueTask<RateLimitLease?> AskAsync(RateLimitedAction use, string who, RateLimit limit, bool takes)
    {
        RedisKey[] key = [redis.Key($"limit:{use}:{who}")];
        RedisValue[] arguments =
        [
            Clock is null ? RedisValue.EmptyString : Microseconds(Clock.GetUtcNow() - DateTimeOffset.UnixEpoch),
            Microseconds(limit.Window),
            limit.Count,
            takes ? 1 : 0,
        ];
        var reply = await redis.TryAsync(db => db.ScriptEvaluateAsync(Script, key, arguments));
        return reply.IsAnswered && (long[]?)reply.Value is [var isAllowed, var remaining, var resetsIn, var wait]
            ? new(isAllowed == 1, limit.Count, (int)remaining, Span(resetsIn), Span(wait))
            : null;
    }

    private static long Microseconds(TimeSpan span) => span.Ticks / TimeSpan.TicksPerMicrosecond;

    private static TimeSpan Span(long microseconds) => TimeSpan.FromTicks(microseconds * TimeSpan.TicksPerMicrosecond);

    private static string ReadScript()
    {
        using var file = new StreamReader(typeof(RedisRateLimitStore).Assembly.GetManifestResourceStream("SlidingWindow.lua")!);
        return file.ReadToEnd();
    }
}
