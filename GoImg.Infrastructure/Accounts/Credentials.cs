using GoImg.Core.Accounts;
using GoImg.Core.Shared;
using GoImg.Infrastructure.Database;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace GoImg.Infrastructure.Accounts;

internal sealed class Credentials(UserManager<Account> accounts, PasswordHashing passwords, SignInTries tries, GoImgDbContext db) : ICredentials
{
    public async Task<Result> CreateAsync(Member member, string password, CancellationToken cancellationToken)
    {
        var account = new Account
        {
            Id = member.Id.Value,
            UserName = member.Username.Value,
            Email = member.Email.Value,
        };
        account.PasswordHash = await passwords.HashAsync(account, PasswordRules.Normalize(password), cancellationToken);
        return Explain(await accounts.CreateAsync(account));
    }

    public async Task<Result<MemberId>> VerifyAsync(Actor actor, string usernameOrEmail, string password, CancellationToken cancellationToken)
    {
        var name = accounts.NormalizeName(Storable(usernameOrEmail.Trim()));
        // One look-up for both: a username has no @, an address always one.
        var account = await db.Users.SingleOrDefaultAsync(a => a.NormalizedUserName == name || a.NormalizedEmail == name, cancellationToken);
        var key = account is null ? SignInTries.KeyOf(name) : SignInTries.KeyOf(account.Id);
        var locked = await tries.TakeAsync(actor, key, cancellationToken);
        if (locked > TimeSpan.Zero)
            return new AccountErrors.LockedOut((int)Math.Ceiling(locked.TotalMinutes));

        var normalized = PasswordRules.Normalize(password);
        var result = await passwords.VerifyAsync(account, normalized, cancellationToken);
        if (account is null || result == PasswordVerificationResult.Failed)
            return new AccountErrors.WrongCredentials();

        await tries.ForgetAsync(actor, key, cancellationToken);
        if (result == PasswordVerificationResult.SuccessRehashNeeded)
            account.PasswordHash = await passwords.HashAsync(account, normalized, cancellationToken);
        return new MemberId(account.Id);
    }

    public async Task<Result> SetPasswordAsync(MemberId member, string password, CancellationToken cancellationToken)
    {
        var account = await db.Users.SingleAsync(a => a.Id == member.Value, cancellationToken);
        account.PasswordHash = await passwords.HashAsync(account, PasswordRules.Normalize(password), cancellationToken);
        return Explain(await accounts.UpdateSecurityStampAsync(account));
    }

    // What PostgreSQL can't hold, and what has no normal form, is nobody's name; '<' stands in neither a username nor an address.
    private static string Storable(string name) =>
        name.Length <= EmailAddress.MaxLength
        && !name.Any(c => char.IsControl(c) || char.IsSurrogate(c))
        && !name.EnumerateRunes().Any(Text.IsNonCharacter)
            ? name
            : "<" + name.Length;

    private static Result Explain(IdentityResult result)
    {
        if (result.Succeeded)
            return Result.Success;
        return result.Errors.First().Code switch
        {
            nameof(IdentityErrorDescriber.DuplicateUserName) => new AccountErrors.NameTaken(),
            nameof(IdentityErrorDescriber.DuplicateEmail) => new AccountErrors.EmailTaken(),
            var code => throw new InvalidOperationException($"Identity refused an account that passed our rules: {code}."),
        };
    }
}
