using GoImg.Core.Accounts;
using GoImg.Core.Audit;
using GoImg.Core.Shared;

namespace GoImg.Core.SignIn;

/// <summary>Who makes a token: the session they are signed in by, and their password where they typed it.</summary>
/// <param name="Session">Null for whoever has none, as one who came with a token.</param>
public sealed record TokenProof(SessionId? Session, string? Password);

/// <summary>A new token, and its secret, nowhere to be had again.</summary>
public sealed record IssuedToken(PersonalAccessToken Token, TokenSecret Secret);

/// <summary>Personal access tokens as their owner makes, sees and revokes them.</summary>
public sealed class PersonalAccessTokenService(
    IPersonalAccessTokens tokens,
    ISessions sessions,
    IMembers members,
    ICredentials credentials,
    IAuditLog audit,
    IUnitOfWork work,
    TimeProvider time
)
{
    /// <summary>How old the sign-in may be that makes a token without the password.</summary>
    public static readonly TimeSpan RecentSignIn = TimeSpan.FromMinutes(15);

    /// <summary>A token outlives the session it is made in, so whoever has found an open browser must not make one: the sign-in is recent, or the password
    /// is given again. Fails with <see cref="ValidationFailed"/>, <see cref="AccountErrors.SignInAgain"/>, <see cref="AccountErrors.LockedOut"/> or
    /// <see cref="AccountErrors.TooManyTokens"/>.</summary>
    public async Task<Result<IssuedToken>> CreateAsync(Actor actor, TokenProof proof, TokenRequest wanted, CancellationToken cancellationToken)
    {
        if (actor.MemberId is not { } owner)
            return new SignInRequired();
        if (proof.Session is not { } session)
            return new NotAllowed(SignInErrorTexts.TokensMakeNoTokens);

        var now = time.GetUtcNow();
        var secret = TokenSecret.Issue();
        var token = PersonalAccessToken.Create(owner, wanted, secret, now);
        if (token.Error is { } unfit)
            return unfit;
        if ((await CheckPasswordAsync(actor, owner, proof.Password, cancellationToken)).Error is { } wrong)
            return wrong;

        await tokens.LockAsync(owner, cancellationToken);
        // Under the lock: a session that has just been ended with all others makes no token.
        if (await sessions.ReadLiveAsync(session, now, cancellationToken) is not { } live || live.MemberId != owner)
            return new SignInRequired();
        if (proof.Password is null && now - live.CreatedAt > RecentSignIn)
            return new AccountErrors.SignInAgain((int)RecentSignIn.TotalMinutes);
        if (await tokens.CountLiveAsync(owner, now, cancellationToken) >= PersonalAccessToken.MaxPerMember)
            return new AccountErrors.TooManyTokens(PersonalAccessToken.MaxPerMember);

        tokens.Add(token.Value);
        audit.Add(actor, AuditAction.TokenCreated, AuditSubject.Of(owner), null, Describe(token.Value));
        var committed = await work.CommitAsync(cancellationToken);
        return committed.Error is { } refused ? refused : new IssuedToken(token.Value, secret);
    }

    /// <summary>One's own, newest first.</summary>
    public async Task<Result<Page<PersonalAccessToken>>> ListAsync(Actor actor, Cursor? after, int take, CancellationToken cancellationToken) =>
        actor.MemberId is { } owner ? await tokens.ListAsync(owner, after, take, cancellationToken) : new SignInRequired();

    /// <summary>Ends one of one's own, at once.</summary>
    public async Task<Result> RevokeAsync(Actor actor, PersonalAccessTokenId id, CancellationToken cancellationToken)
    {
        if (actor.MemberId is not { } owner)
            return new SignInRequired();
        if (!await tokens.RevokeAsync(owner, id, cancellationToken))
            return new NotFound("token");
        audit.Add(actor, AuditAction.TokenRevoked, AuditSubject.Of(owner), id.ToString());
        return await work.CommitAsync(cancellationToken);
    }

    /// <summary>Whether a token can be made now without the password.</summary>
    public async Task<bool> IsSignInRecentAsync(SessionId? session, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        return session is { } id && await sessions.ReadLiveAsync(id, now, cancellationToken) is { } live && now - live.CreatedAt <= RecentSignIn;
    }

    private async Task<Result> CheckPasswordAsync(Actor actor, MemberId owner, string? password, CancellationToken cancellationToken)
    {
        if (password is null)
            return Result.Success;
        if (await members.FindAsync(owner, cancellationToken) is not { } member)
            return new SignInRequired();
        var verified = await credentials.VerifyAsync(actor, member.Username.Value, password, cancellationToken);
        return verified.Error switch
        {
            null => Result.Success,
            AccountErrors.WrongCredentials => new ValidationFailed("password", SignInErrorTexts.WrongOldPassword),
            var locked => locked,
        };
    }

    // Without its name: the log keeps none.
    private static string Describe(PersonalAccessToken token) =>
        FormattableString.Invariant(
            $"{token.Id}: {string.Join(", ", token.Scopes.Select(scope => scope.ToString().ToLowerInvariant()))}, until {token.ExpiresAt:yyyy-MM-dd}"
        );
}
