using Microsoft.Extensions.Caching.Hybrid;
using Microsoft.Extensions.DependencyInjection;

namespace GoImg.Core.Accounts;

/// <summary>Asked on every request and, every few seconds, by every open page: may this session still act? A singleton; safe on many threads.</summary>
/// <param name="shared">Null where nodes share no cache.</param>
public sealed class SessionCheck(IServiceScopeFactory scopes, HybridCache cache, TimeProvider time, ISessionCache? shared = null)
{
    private static readonly TimeSpan TouchInterval = TimeSpan.FromMinutes(1);

    // A page with forty images asks the database once.
    private static readonly HybridCacheEntryOptions ForTwoSeconds = new()
    {
        Expiration = TimeSpan.FromSeconds(2),
        Flags = HybridCacheEntryFlags.DisableDistributedCache,
    };

    private long _generation;

    /// <summary>Null when the session ended, whatever ended it. An answer is at most two seconds old, seven where nodes share a
    /// cache, and never older than an end on this node or one that it heard of.</summary>
    public async Task<LiveSession?> FindAsync(SessionId id, CancellationToken cancellationToken)
    {
        // The generation is part of the key, so that not even a question that is under way when a session ends is answered to anyone who asks later.
        var session = await cache.GetOrCreateAsync(
            $"session:{Interlocked.Read(ref _generation)}:{id}",
            (Check: this, Id: id),
            static (asked, token) => asked.Check.ReadAsync(asked.Id, token),
            ForTwoSeconds,
            cancellationToken: cancellationToken
        );
        return session is not null && time.GetUtcNow() < session.ExpiresAt ? session : null;
    }

    /// <summary>What follows from any <see cref="IMemberEvent"/> on any node: this one asks again at once.</summary>
    public void Forget() => Interlocked.Increment(ref _generation);

    private ValueTask<LiveSession?> ReadAsync(SessionId id, CancellationToken cancellationToken) =>
        shared is null ? ReadRowAsync(id, cancellationToken) : shared.FindAsync(id, token => ReadRowAsync(id, token), cancellationToken);

    // In a scope of its own: whoever asked first may be gone while others wait for the same answer.
    private async ValueTask<LiveSession?> ReadRowAsync(SessionId id, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var sessions = scope.ServiceProvider.GetRequiredService<ISessions>();
        var now = time.GetUtcNow();
        var session = await sessions.ReadLiveAsync(id, now, cancellationToken);
        if (session is null || now - session.LastSeenAt < TouchInterval)
            return session;

        session = session with
        {
            LastSeenAt = now,
            ExpiresAt = SessionLifetime.Of(session.Kind, session.IsRemembered).Extend(session.CreatedAt, now),
        };
        await sessions.TouchAsync(id, now, session.ExpiresAt, cancellationToken);
        return session;
    }
}
