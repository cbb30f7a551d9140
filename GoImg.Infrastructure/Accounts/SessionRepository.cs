using GoImg.Core.Accounts;
using GoImg.Core.Shared;
using GoImg.Infrastructure.Database;
using GoImg.Infrastructure.Events;
using Microsoft.EntityFrameworkCore;

namespace GoImg.Infrastructure.Accounts;

internal sealed class SessionRepository(GoImgDbContext db, RecordedEvents events) : ISessions
{
    private DbSet<Session> Sessions => db.Set<Session>();

    public void Add(Session session) => Sessions.Add(session);

    public Task<Session?> FindAsync(SessionId id, CancellationToken cancellationToken) =>
        Sessions.SingleOrDefaultAsync(s => s.Id == id, cancellationToken);

    public Task<LiveSession?> ReadLiveAsync(SessionId id, DateTimeOffset now, CancellationToken cancellationToken) =>
        (
            from session in Sessions
            join member in db.Members on session.MemberId equals member.Id
            where session.Id == id && session.RevokedAt == null && session.ExpiresAt > now && member.Status == MemberStatus.Active
            select new LiveSession(
                session.Id,
                member.Id,
                member.Username.Value,
                member.DisplayName,
                member.Role,
                session.Kind,
                session.IsRemembered,
                session.CreatedAt,
                session.LastSeenAt,
                session.ExpiresAt
            )
        ).SingleOrDefaultAsync(cancellationToken);

    public async Task<Page<Session>> ListLiveAsync(MemberId member, DateTimeOffset now, Cursor? after, int take, CancellationToken cancellationToken)
    {
        var live = Sessions.AsNoTracking().Where(s => s.MemberId == member && s.RevokedAt == null && s.ExpiresAt > now);
        return await live.NewestFirst(s => s.LastSeenAt, s => s.Id, after, id => new SessionId(id))
            .PageAsync(take, s => new Cursor(s.LastSeenAt, s.Id.Value), cancellationToken);
    }

    public Task TouchAsync(SessionId id, DateTimeOffset seenAt, DateTimeOffset expiresAt, CancellationToken cancellationToken) =>
        Sessions
            .Where(s => s.Id == id && s.LastSeenAt < seenAt)
            .ExecuteUpdateAsync(set => set.SetProperty(s => s.LastSeenAt, seenAt).SetProperty(s => s.ExpiresAt, expiresAt), cancellationToken);

    public Task RevokeAsync(Session session, DateTimeOffset now, CancellationToken cancellationToken) =>
        EndAsync(session.MemberId, Sessions.Where(s => s.Id == session.Id), now, cancellationToken);

    public Task RevokeAllAsync(MemberId member, SessionId? except, DateTimeOffset now, CancellationToken cancellationToken) =>
        EndAsync(member, Sessions.Where(s => s.MemberId == member && (except == null || s.Id != except)), now, cancellationToken);

    public Task<int> RemoveEndedAsync(DateTimeOffset before, CancellationToken cancellationToken) =>
        Sessions.Where(s => s.ExpiresAt < before || s.RevokedAt < before).ExecuteDeleteAsync(cancellationToken);

    private async Task EndAsync(MemberId member, IQueryable<Session> which, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await db.EnsureTransactionAsync(cancellationToken);
        await which.Where(s => s.RevokedAt == null).ExecuteUpdateAsync(set => set.SetProperty(s => s.RevokedAt, now), cancellationToken);
        events.Add(new SessionsEnded(member));
    }
}
