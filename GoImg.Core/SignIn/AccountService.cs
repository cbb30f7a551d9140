using GoImg.Core.Accounts;
using GoImg.Core.Audit;
using GoImg.Core.RateLimits;
using GoImg.Core.Shared;

namespace GoImg.Core.SignIn;

/// <summary>What somebody typed to sign in.</summary>
public sealed record SignInForm(string? Login, string? Password, SessionStart Session);

/// <summary>Accounts as their owners use them.</summary>
public sealed class AccountService(
    IMembers members,
    ICredentials credentials,
    SignOutEverywhere signOut,
    ISanctionReasons reasons,
    SessionService sessionService,
    AccountCreation accounts,
    IPasswordStrength strength,
    RateLimiter rateLimiter,
    IAuditLog audit,
    IUnitOfWork work,
    TimeProvider time
)
{
    public async Task<Result<Member>> RegisterAsync(Actor actor, Registration form, CancellationToken cancellationToken)
    {
        if (actor.IsSignedIn)
            return new NotAllowed(SignInErrorTexts.SignedInAlready);

        // A typing error is no registration, so only what passes the rules counts.
        if (accounts.Check(form).Error is { } unfit)
            return unfit;
        var allowed = await rateLimiter.TakeAsync(actor, RateLimitedAction.Registration, cancellationToken);
        if (allowed.Error is { } tooMany)
            return tooMany;

        var added = await accounts.AddAsync(form, Role.Member, cancellationToken);
        if (added.Error is not null)
            return added;
        audit.Add(actor with { MemberId = added.Value.Id }, AuditAction.Registered, AuditSubject.Of(added.Value.Id));
        var committed = await work.CommitAsync(cancellationToken);
        return committed.Error is { } refused ? refused : added;
    }

    /// <summary>Starts a new session, whatever session the browser had: an id from before the sign-in is never taken over.</summary>
    public async Task<Result<SignedIn>> SignInAsync(Actor actor, SignInForm form, CancellationToken cancellationToken)
    {
        var allowed = await rateLimiter.TakeAsync(actor, RateLimitedAction.SignIn, cancellationToken);
        if (allowed.Error is { } tooMany)
            return tooMany;

        var verified = await credentials.VerifyAsync(actor, form.Login ?? "", form.Password ?? "", cancellationToken);
        if (verified.Error is { } wrong)
            return await RefuseAsync(actor, form, wrong, cancellationToken);

        var now = time.GetUtcNow();
        var member = await members.FindAsync(verified.Value, cancellationToken);
        if (member is { Status: MemberStatus.Suspended } && member.SuspendedUntil <= now)
            member.Reinstate();
        if (await RefusalAsync(member, cancellationToken) is { } refusal)
            return await RefuseAsync(actor, form, refusal, cancellationToken);

        audit.Add(
            actor with
            {
                MemberId = member!.Id,
                Role = member.Role,
            },
            AuditAction.SignedIn,
            AuditSubject.Of(member.Id),
            null,
            form.Session.Kind.ToString().ToLowerInvariant()
        );
        return await sessionService.StartAsync(actor, member, form.Session, cancellationToken);
    }

    public async Task<Result> ChangePasswordAsync(
        Actor actor,
        SessionId current,
        string? oldPassword,
        string? newPassword,
        CancellationToken cancellationToken
    )
    {
        if (actor.MemberId is not { } id || await members.FindAsync(id, cancellationToken) is not { } member)
            return new SignInRequired();

        var allowed = PasswordRules.Check(newPassword, member.Username, member.Email, strength, "new_password");
        if (allowed.Error is not null)
            return allowed;
        var verified = await credentials.VerifyAsync(actor, member.Username.Value, oldPassword ?? "", cancellationToken);
        if (verified.Error is AccountErrors.WrongCredentials)
            return new ValidationFailed("old_password", SignInErrorTexts.WrongOldPassword);
        if (verified.Error is { } locked)
            return locked;

        var changed = await credentials.SetPasswordAsync(id, newPassword!, cancellationToken);
        if (changed.Error is not null)
            return changed;
        audit.Add(actor, AuditAction.PasswordChanged, AuditSubject.Of(id));
        await signOut.RunAsync(id, except: current, cancellationToken);
        return await work.CommitAsync(cancellationToken);
    }

    private async Task<Error> RefuseAsync(Actor actor, SignInForm form, Error why, CancellationToken cancellationToken)
    {
        // A name that is nobody's is not written down: people type passwords into the wrong field.
        var name = Username.Parse(form.Login);
        var named = name.IsSuccess ? await members.FindByUsernameAsync(name.Value.Value, cancellationToken) : null;
        audit.Add(actor, AuditAction.SignInFailed, named is null ? AuditSubject.Name("unknown") : AuditSubject.Of(named.Id), null, why.Code);
        await work.CommitAsync(cancellationToken);
        return why;
    }

    // Notices are read signed in: who can't sign in any more is told why here.
    private async Task<Error?> RefusalAsync(Member? member, CancellationToken cancellationToken) =>
        member?.Status switch
        {
            MemberStatus.Active => null,
            MemberStatus.Suspended => new AccountErrors.Suspended(
                member.SuspendedUntil ?? DateTimeOffset.MaxValue,
                await reasons.FindWordsAsync(member, cancellationToken)
            ),
            MemberStatus.Banned => new AccountErrors.Banned(await reasons.FindWordsAsync(member, cancellationToken)),
            _ => new AccountErrors.WrongCredentials(),
        };
}
