namespace GoImg.Core.Accounts;

/// <summary>Ends all that acts for a member, sessions and access tokens alike: with a new password, another role, a suspension or a ban.</summary>
public sealed class SignOutEverywhere(ISessions sessions, IPersonalAccessTokens tokens, TimeProvider time)
{
    /// <summary>In the current unit of work.</summary>
    /// <param name="except">The session of whoever changed their own password; null for none.</param>
    public async Task RunAsync(MemberId member, SessionId? except, CancellationToken cancellationToken)
    {
        await sessions.RevokeAllAsync(member, except, time.GetUtcNow(), cancellationToken);
        await tokens.LockAsync(member, cancellationToken);
        await tokens.RevokeAllAsync(member, cancellationToken);
    }
}
