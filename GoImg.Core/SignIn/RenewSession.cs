using GoImg.Core.Accounts;
using GoImg.Core.Shared;

namespace GoImg.Core.SignIn;

/// <summary>Renews the session of an API client, and ends it when a refresh token comes a second time.</summary>
public sealed class RenewSession(ISessions sessions, IMembers members, IUnitOfWork work, TimeProvider time)
{
    /// <summary>A new refresh token for the newest one. An older one is a stolen one: it ends the session for thief and owner alike.</summary>
    public async Task<Result<SignedIn>> RunAsync(string? refreshToken, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        if (
            RefreshToken.Parse(refreshToken) is not { } token
            || await sessions.FindAsync(token.Session, cancellationToken) is not { Kind: SessionKind.Api } session
        )
            return new AccountErrors.InvalidRefreshToken();
        if (!token.Matches(session.RefreshHash))
        {
            await RevokeAsync(session);
            return new AccountErrors.InvalidRefreshToken();
        }

        if (
            await sessions.ReadLiveAsync(session.Id, now, cancellationToken) is null
            || await members.FindAsync(session.MemberId, cancellationToken) is not { } member
        )
            return new AccountErrors.InvalidRefreshToken();

        var renewed = session.RenewRefreshToken(now);
        var committed = await work.CommitAsync(cancellationToken);
        if (committed.IsSuccess)
            return new SignedIn(member, session, renewed);

        // Somebody renewed with the same token at the same moment: one of the two is not its owner.
        await RevokeAsync(session);
        return new AccountErrors.InvalidRefreshToken();
    }

    private async Task RevokeAsync(Session session)
    {
        // To the end even when the client has gone.
        await sessions.RevokeAsync(session, time.GetUtcNow(), CancellationToken.None);
        await work.CommitAsync(CancellationToken.None);
    }
}
