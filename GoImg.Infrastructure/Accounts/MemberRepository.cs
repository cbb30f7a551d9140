using GoImg.Core.Accounts;
using GoImg.Infrastructure.Database;
using Microsoft.EntityFrameworkCore;

namespace GoImg.Infrastructure.Accounts;

internal sealed class MemberRepository(GoImgDbContext db) : IMembers
{
    // Any constant of ours; it names the lock in pg_locks.
    private const long AdminsLock = 0x60_1A46_0002;

    public void Add(Member member) => db.Members.Add(member);

    public Task<Member?> FindAsync(MemberId id, CancellationToken cancellationToken) =>
        db.Members.SingleOrDefaultAsync(m => m.Id == id, cancellationToken);

    public Task<Member?> FindByUsernameAsync(string username, CancellationToken cancellationToken)
    {
        var key = Username.KeyOf(username);
        return db.Members.SingleOrDefaultAsync(m => m.UsernameKey == key, cancellationToken);
    }

    public async Task<IReadOnlyList<MemberId>> FindStaffAsync(CancellationToken cancellationToken) =>
        await db
            .Members.Where(m => (m.Role == Role.Moderator || m.Role == Role.Admin) && m.Status == MemberStatus.Active)
            .OrderBy(m => m.Id)
            .Select(m => m.Id)
            .ToListAsync(cancellationToken);

    public Task<bool> AnyAdminAsync(CancellationToken cancellationToken) => db.Members.AnyAsync(m => m.Role == Role.Admin, cancellationToken);

    public Task<int> CountAdminsAsync(CancellationToken cancellationToken) =>
        db.Members.CountAsync(m => m.Role == Role.Admin && m.Status == MemberStatus.Active, cancellationToken);

    public async Task LockAdminsAsync(CancellationToken cancellationToken)
    {
        await db.EnsureTransactionAsync(cancellationToken);
        await db.Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock({AdminsLock})", cancellationToken);
    }
}
