using GoImg.Core.Accounts;
using GoImg.Core.Shared;
using GoImg.Infrastructure.Database;
using GoImg.Infrastructure.Events;
using Microsoft.EntityFrameworkCore;

namespace GoImg.Infrastructure.Accounts;

internal sealed class PersonalAccessTokenRepository(GoImgDbContext db, RecordedEvents events) : IPersonalAccessTokens
{
    private DbSet<PersonalAccessToken> Tokens => db.Set<PersonalAccessToken>();

    public async Task LockAsync(MemberId member, CancellationToken cancellationToken)
    {
        await db.EnsureTransactionAsync(cancellationToken);
        await db.Database.ExecuteSqlAsync($"SELECT 1 FROM members WHERE id = {member.Value} FOR NO KEY UPDATE", cancellationToken);
    }

    public void Add(PersonalAccessToken token) => Tokens.Add(token);

    public Task<int> CountLiveAsync(MemberId member, DateTimeOffset now, CancellationToken cancellationToken) =>
        Tokens.CountAsync(t => t.MemberId == member && t.ExpiresAt > now, cancellationToken);

    public Task<LiveToken?> ReadLiveAsync(byte[] hash, DateTimeOffset now, CancellationToken cancellationToken) =>
        (
            from token in Tokens
            join member in db.Members on token.MemberId equals member.Id
            where token.Hash == hash && token.ExpiresAt > now && member.Status == MemberStatus.Active
            select new LiveToken(token.Id, member.Id, member.Username.Value, member.DisplayName, token.Scopes, token.ExpiresAt, token.LastUsedAt)
        ).SingleOrDefaultAsync(cancellationToken);

    public Task<Page<PersonalAccessToken>> ListAsync(MemberId member, Cursor? after, int take, CancellationToken cancellationToken) =>
        Tokens
            .AsNoTracking()
            .Where(t => t.MemberId == member)
            .NewestFirst(t => t.CreatedAt, t => t.Id, after, id => new PersonalAccessTokenId(id))
            .PageAsync(take, t => new Cursor(t.CreatedAt, t.Id.Value), cancellationToken);

    public Task NoteUseAsync(PersonalAccessTokenId id, DateTimeOffset usedAt, CancellationToken cancellationToken) =>
        Tokens
            .Where(t => t.Id == id && (t.LastUsedAt == null || t.LastUsedAt < usedAt))
            .ExecuteUpdateAsync(set => set.SetProperty(t => t.LastUsedAt, usedAt), cancellationToken);

    public async Task<bool> RevokeAsync(MemberId member, PersonalAccessTokenId id, CancellationToken cancellationToken) =>
        await RevokeAsync(member, Tokens.Where(t => t.MemberId == member && t.Id == id), cancellationToken) > 0;

    public Task RevokeAllAsync(MemberId member, CancellationToken cancellationToken) =>
        RevokeAsync(member, Tokens.Where(t => t.MemberId == member), cancellationToken);

    public Task<int> RemoveExpiredAsync(DateTimeOffset before, CancellationToken cancellationToken) =>
        Tokens.Where(t => t.ExpiresAt < before).ExecuteDeleteAsync(cancellationToken);

    private async Task<int> RevokeAsync(MemberId member, IQueryable<PersonalAccessToken> which, CancellationToken cancellationToken)
    {
        await db.EnsureTransactionAsync(cancellationToken);
        var revoked = await which.ExecuteDeleteAsync(cancellationToken);
        if (revoked > 0)
            events.Add(new TokensRevoked(member));
        return revoked;
    }
}
