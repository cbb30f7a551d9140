using GoImg.Core.Accounts;
using GoImg.Infrastructure.Database;
using Microsoft.EntityFrameworkCore;

namespace GoImg.Infrastructure.Accounts;

internal sealed class SessionRepository(GoImgDbContext db) : ISessions
{
    private DbSet<Session> Sessions => db.Set<Session>();

    public void Add(Session session) => Sessions.Add(session);

    public Task<Session?> FindAsync(SessionId id, CancellationToken cancellationToken) =>
        Sessions.SingleOrDefaultAsync(s => s.Id == id, cancellationToken);

    public Task<LiveSession?> ReadLiveAsync(SessionId id, DateTimeOffset now, CancellationToken cancellationToken) =>
        (from session in Sessions
         join member in db.Members on session.MemberId equals member.Id
         where session.Id == id && session.RevokedAt == null && session.ExpiresAt > now && member.Status == MemberStatus.Active
         select new LiveSession(
             session.Id, member.Id, member.Username.Value, member.DisplayName, member.Role,
             session.Kind, session.IsRemembered, session.CreatedAt, session.LastSeenAt, session.ExpiresAt))
        .SingleOrDefaultAsync(cancellationToken);

    public async Task<IReadOnlyList<Session>> ListLiveAsync(MemberId member, DateTimeOffset now, CancellationToken cancellationToken) =>
        await Sessions.AsNoTracking().Where(s => s.MemberId == member && s.RevokedAt == null && s.ExpiresAt > now)
            .OrderByDescending(s => s.LastSeenAt).Take(200).ToListAsync(cancellationToken);

    public Task TouchAsync(SessionId id, DateTimeOffset seenAt, DateTimeOffset expiresAt, CancellationToken cancellationToken) =>
        Sessions.Where(s => s.Id == id && s.LastSeenAt < seenAt)
            .ExecuteUpdateAsync(set => set.SetProperty(s => s.LastSeenAt, seenAt).SetProperty(s => s.ExpiresAt, expiresAt), cancellationToken);

    public Task RevokeAsync(SessionId id, DateTimeOffset now, CancellationToken cancellationToken) =>
        Sessions.Where(s => s.Id == id && s.RevokedAt == null)
            .ExecuteUpdateAsync(set => set.SetProperty(s => s.RevokedAt, now), cancellationToken);

    public async Task RevokeAllAsync(MemberId member, SessionId? except, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (db.Database.CurrentTransaction is null)
            await db.Database.BeginTransactionAsync(cancellationToken);
        await Sessions.Where(s => s.MemberId == member && s.RevokedAt == null && (except == null || s.Id != except))
            .ExecuteUpdateAsync(set => set.SetProperty(s => s.RevokedAt, now), cancellationToken);
    }

    public Task<int> RemoveEndedAsync(DateTimeOffset before, CancellationToken cancellationToken) =>
        Sessions.Where(s => s.ExpiresAt < before || s.RevokedAt < before).ExecuteDeleteAsync(cancellationToken);
}
