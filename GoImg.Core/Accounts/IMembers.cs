namespace GoImg.Core.Accounts;

/// <summary>Members to change.</summary>
public interface IMembers
{
    void Add(Member member);

    Task<Member?> FindAsync(MemberId id, CancellationToken cancellationToken);

    /// <summary>Case does not matter.</summary>
    Task<Member?> FindByUsernameAsync(string username, CancellationToken cancellationToken);

    /// <summary>Moderators and admins whose account is active.</summary>
    Task<IReadOnlyList<MemberId>> FindStaffAsync(CancellationToken cancellationToken);

    Task<bool> AnyAdminAsync(CancellationToken cancellationToken);

    /// <summary>Active admins; the last of them can't be demoted or banned.</summary>
    Task<int> CountAdminsAsync(CancellationToken cancellationToken);

    /// <summary>Whatever may change who is an admin takes this lock before it reads anything, and keeps it until its unit of work ends, on all nodes:
    /// two admins can't remove each other.</summary>
    Task LockAdminsAsync(CancellationToken cancellationToken);
}
