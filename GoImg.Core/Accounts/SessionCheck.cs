namespace GoImg.Core.Accounts;

/// <summary>Asked on every request and, every few seconds, by every open page: may this session still act?</summary>
public sealed class SessionCheck(ISessions sessions, SessionCache cache, TimeProvider time)
{
    private static readonly TimeSpan TouchInterval = TimeSpan.FromMinutes(1);

    /// <summary>Null when the session ended, whatever ended it. An answer is at most two seconds old, and never older than an end on this node.</summary>
    public async Task<LiveSession?> FindAsync(SessionId id, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        if (cache.TryGet(id, now, out var known))
            return known;

        var generation = cache.Generation;
        var session = await sessions.ReadLiveAsync(id, now, cancellationToken);
        if (session is not null && now - session.LastSeenAt >= TouchInterval)
        {
            session = session with
            {
                LastSeenAt = now,
                ExpiresAt = SessionLifetime.Of(session.Kind, session.IsRemembered).Extend(session.CreatedAt, now),
            };
            await sessions.TouchAsync(id, now, session.ExpiresAt, cancellationToken);
        }

        cache.Store(id, session, now, generation);
        return session;
    }

    /// <summary>Call after the commit that ended sessions or changed a role: this node asks the database anew at once, others within two seconds.</summary>
    public void Forget() => cache.Clear();
}
