using GoImg.Core.Accounts;
using GoImg.Core.Audit;
using GoImg.Core.Shared;

namespace GoImg.Core.SignIn;

/// <param name="Remember">"Keep me signed in"; means nothing to an API session.</param>
public sealed record SessionStart(SessionKind Kind, bool Remember, string? UserAgent);

/// <summary>A fresh session. <paramref name="RefreshToken"/> is set for API sessions only, and nowhere to be had again.</summary>
public sealed record SignedIn(Member Member, Session Session, RefreshToken? RefreshToken);

/// <summary>Sessions as their owner sees and ends them.</summary>
public sealed class SessionService(ISessions sessions, IAuditLog audit, IUnitOfWork work, TimeProvider time)
{
    /// <summary>A session for a member who has just proved who they are; the caller has seen to that. Saves.</summary>
    public async Task<Result<SignedIn>> StartAsync(Actor actor, Member member, SessionStart start, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var session = Session.Start(member, new SignInDevice(actor.Address, start.UserAgent), start.Kind, start.Remember, now);
        var refreshToken = start.Kind == SessionKind.Api ? session.RenewRefreshToken(now) : null;
        sessions.Add(session);
        var committed = await work.CommitAsync(cancellationToken);
        return committed.Error is { } refused ? refused : new SignedIn(member, session, refreshToken);
    }

    /// <summary>A member's live sessions, last used first; anyone else's are not there.</summary>
    public async Task<Result<Page<Session>>> ListAsync(Actor actor, MemberId member, Cursor? after, int take, CancellationToken cancellationToken)
    {
        if (!actor.IsSignedIn && !actor.IsSystem)
            return new SignInRequired();
        if (!actor.Is(member) && !actor.IsAdmin)
            return new NotFound("member");
        return await sessions.ListLiveAsync(member, time.GetUtcNow(), after, take, cancellationToken);
    }

    /// <summary>Ends one session, for everything that hangs on it, at once. Ending it twice is no error.</summary>
    public async Task<Result> EndAsync(Actor actor, MemberId owner, SessionId id, CancellationToken cancellationToken)
    {
        if (!actor.IsSignedIn && !actor.IsSystem)
            return new SignInRequired();
        var session = actor.Is(owner) || actor.IsAdmin ? await sessions.FindAsync(id, cancellationToken) : null;
        if (session is null || session.MemberId != owner)
            return new NotFound("session");
        if (session.RevokedAt is null)
            audit.Add(actor, actor.Is(owner) ? AuditAction.SignedOut : AuditAction.SessionEnded, AuditSubject.Of(owner));
        return await RevokeAsync(session);
    }

    private async Task<Result> RevokeAsync(Session session)
    {
        // To the end even when the client has gone: half a sign-out is none.
        await sessions.RevokeAsync(session, time.GetUtcNow(), CancellationToken.None);
        return await work.CommitAsync(CancellationToken.None);
    }
}
