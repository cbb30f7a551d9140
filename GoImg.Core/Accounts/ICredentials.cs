using GoImg.Core.Shared;

namespace GoImg.Core.Accounts;

/// <summary>Passwords and their counters, by ASP.NET Core Identity. Takes part in the current unit of work.</summary>
public interface ICredentials
{
    /// <summary>Gives a new member a password that passed <see cref="PasswordRules"/>. A name or address that is taken, even by a
    /// registration at the same moment, fails at commit as <see cref="AccountErrors.NameTaken"/> or <see cref="AccountErrors.EmailTaken"/>.</summary>
    Task<Result> CreateAsync(Member member, string password, CancellationToken cancellationToken);

    /// <summary>The member whose username or email and password these are. Costs the same time for unknown names.
    /// Fails with <see cref="AccountErrors.WrongCredentials"/> or <see cref="AccountErrors.LockedOut"/>.</summary>
    Task<Result<MemberId>> VerifyAsync(string usernameOrEmail, string password, CancellationToken cancellationToken);
}
