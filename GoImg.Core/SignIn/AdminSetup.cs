using System.Buffers.Text;
using System.Security.Cryptography;
using GoImg.Core.Accounts;
using GoImg.Core.Audit;
using GoImg.Core.Shared;

namespace GoImg.Core.SignIn;

/// <summary>The first admin, by a link that start-up prints, and admins by the command line.</summary>
public sealed class AdminSetup(IMembers members, ISetupLinks links, AccountCreation accounts, IAuditLog audit, IUnitOfWork work, TimeProvider time)
{
    public static readonly TimeSpan LinkLifetime = TimeSpan.FromHours(1);

    private const int TokenBytes = 32;

    /// <summary>A new link's token while there is no admin, otherwise null. Earlier links stay good: another node may have printed one.</summary>
    public async Task<string?> IssueLinkAsync(CancellationToken cancellationToken)
    {
        if (await members.AnyAdminAsync(cancellationToken))
            return null;

        var token = RandomNumberGenerator.GetBytes(TokenBytes);
        links.Add(new SetupLink(SHA256.HashData(token), time.GetUtcNow() + LinkLifetime));
        await work.CommitAsync(cancellationToken);
        return Base64Url.EncodeToString(token);
    }

    public async Task<bool> IsOpenAsync(string? token, CancellationToken cancellationToken) =>
        HashOf(token) is { } hash
        && await links.IsValidAsync(hash, time.GetUtcNow(), cancellationToken)
        && !await members.AnyAdminAsync(cancellationToken);

    /// <summary>Spends the link. A form that breaks a rule leaves it usable; of many uses at once exactly one makes an admin.</summary>
    public async Task<Result<Member>> UseLinkAsync(string? token, Registration form, CancellationToken cancellationToken)
    {
        if (HashOf(token) is not { } hash)
            return new AccountErrors.LinkSpent();

        await members.LockAdminsAsync(cancellationToken);
        if (!await links.IsValidAsync(hash, time.GetUtcNow(), cancellationToken) || await members.AnyAdminAsync(cancellationToken))
            return new AccountErrors.LinkSpent();

        await links.RemoveAllAsync(cancellationToken);
        return await CreateAsync(form, cancellationToken);
    }

    /// <summary>For whoever commands the machine itself: as many admins as they like.</summary>
    public async Task<Result<Member>> CreateAdminAsync(Actor actor, Registration form, CancellationToken cancellationToken)
    {
        if (!actor.IsSystem)
            return new NotAllowed(SignInErrorTexts.AdminsAreMadeElsewhere);
        await members.LockAdminsAsync(cancellationToken);
        return await CreateAsync(form, cancellationToken);
    }

    private async Task<Result<Member>> CreateAsync(Registration form, CancellationToken cancellationToken)
    {
        // On failure nothing is committed: the transaction ends with the scope, and the link is as before.
        var added = await accounts.AddAsync(form, Role.Admin, cancellationToken);
        if (added.Error is not null)
            return added;
        audit.Add(Actor.System, AuditAction.Registered, AuditSubject.Of(added.Value.Id), null, "admin");
        var committed = await work.CommitAsync(cancellationToken);
        return committed.Error is { } refused ? refused : added;
    }

    private static byte[]? HashOf(string? token) =>
        token is { Length: < 100 } && Base64Url.IsValid(token, out var length) && length == TokenBytes
            ? SHA256.HashData(Base64Url.DecodeFromChars(token))
            : null;
}
