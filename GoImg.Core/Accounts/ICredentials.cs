using GoImg.Core.Shared;

namespace GoImg.Core.Accounts;

/// <summary>Passwords and the counters of wrong ones, by ASP.NET Core Identity.</summary>
public interface ICredentials
{
    /// <summary>Gives a new member a password that passed <see cref="PasswordRules"/>, in the current unit of work. A name or address
    /// that is taken, even by a registration at the same moment, fails here or at commit as <see cref="AccountErrors.NameTaken"/>
    /// or <see cref="AccountErrors.EmailTaken"/>.</summary>
    Task<Result> CreateAsync(Member member, string password, CancellationToken cancellationToken);

    /// <summary>The member whose username or email and password these are. Costs and answers the same for unknown names.
    /// A try is counted before it is looked at, at once and permanently, so that parallel ones can't slip through; the right password
    /// sets the count back. Counted by account from <paramref name="actor"/>'s network, by account from everywhere and by network over all
    /// names, so that a stranger locks no one else out. Fails with <see cref="AccountErrors.WrongCredentials"/> or <see cref="AccountErrors.LockedOut"/>.</summary>
    Task<Result<MemberId>> VerifyAsync(Actor actor, string usernameOrEmail, string password, CancellationToken cancellationToken);

    /// <summary>Replaces the password in the current unit of work; the caller has verified the old one.</summary>
    Task<Result> SetPasswordAsync(MemberId member, string password, CancellationToken cancellationToken);
}
