using System.ComponentModel;
using GoImg.Core.Shared;

namespace GoImg.Core.Accounts;

/// <summary>Sessions, live and ended.</summary>
public interface ISessions
{
    void Add(Session session);

    Task<Session?> FindAsync(SessionId id, CancellationToken cancellationToken);

    /// <summary>The session with what its member is now; null when it is revoked, expired or its member can't be signed in.</summary>
    Task<LiveSession?> ReadLiveAsync(SessionId id, DateTimeOffset now, CancellationToken cancellationToken);

    /// <summary>Newest use first. One that is used while somebody reads on is at the front again.</summary>
    Task<Page<Session>> ListLiveAsync(MemberId member, DateTimeOffset now, Cursor? after, int take, CancellationToken cancellationToken);

    /// <summary>Notes a use, at once and outside any unit of work.</summary>
    Task TouchAsync(SessionId id, DateTimeOffset seenAt, DateTimeOffset expiresAt, CancellationToken cancellationToken);

    /// <summary>Ends a session in the current unit of work, whatever else happens to its row meanwhile.</summary>
    Task RevokeAsync(Session session, DateTimeOffset now, CancellationToken cancellationToken);

    /// <summary>Ends all sessions of a member but <paramref name="except"/>, in the current unit of work.</summary>
    Task RevokeAllAsync(MemberId member, SessionId? except, DateTimeOffset now, CancellationToken cancellationToken);

    /// <summary>Deletes rows that ended before a time; returns how many.</summary>
    Task<int> RemoveEndedAsync(DateTimeOffset before, CancellationToken cancellationToken);
}

/// <summary>A session that may act, and who its member is now: role and name are read again, never taken from a cookie or token.</summary>
[ImmutableObject(true)]
public sealed record LiveSession(
    SessionId Id,
    MemberId MemberId,
    string Username,
    string DisplayName,
    Role Role,
    SessionKind Kind,
    bool IsRemembered,
    DateTimeOffset CreatedAt,
    DateTimeOffset LastSeenAt,
    DateTimeOffset ExpiresAt
);
