using GoImg.Core.Accounts;
using GoImg.Core.Shared;
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
        if (after is not null)
            live = live.Where(s =>
                EF.Functions.LessThan(ValueTuple.Create(s.LastSeenAt, s.Id), ValueTuple.Create(after.At, new SessionId(after.Id)))
            );

        var rows = await live.OrderByDescending(s => s.LastSeenAt).ThenByDescending(s => s.Id).Take(take + 1).ToListAsync(cancellationToken);
        return Page<Session>.Cut(rows, take, s => new Cursor(s.LastSeenAt, s.Id.Value));
    }

    public Task TouchAsync(SessionId id, DateTimeOffset seenAt, DateTimeOffset expiresAt, CancellationToken cancellationToken) =>
        Sessions
            .Where(s => s.Id == id && s.LastSeenAt < seenAt)
            .ExecuteUpdateAsync(set => set.SetProperty(s => s.LastSeenAt, seenAt).SetProperty(s => s.ExpiresAt, expiresAt), cancellationToken);

    public Task RevokeAsync(SessionId id, DateTimeOffset now, CancellationToken cancellationToken) =>
        Sessions.Where(s => s.Id == id && s.RevokedAt == null).ExecuteUpdateAsync(set => set.SetProperty(s => s.RevokedAt, now), cancellationToken);

    public async Task RevokeAllAsync(MemberId member, SessionId? except, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (db.Database.CurrentTransaction is null)
            await db.Database.BeginTransactionAsync(cancellationToken);
        await Sessions
            .Where(s => s.MemberId == member && s.RevokedAt == null && (except == null || s.Id != except))
            .ExecuteUpdateAsync(set => set.SetProperty(s => s.RevokedAt, now), cancellationToken);
    }

    public Task<int> RemoveEndedAsync(DateTimeOffset before, CancellationToken cancellationToken) =>
        Sessions.Where(s => s.ExpiresAt < before || s.RevokedAt < before).ExecuteDeleteAsync(cancellationToken);
}
