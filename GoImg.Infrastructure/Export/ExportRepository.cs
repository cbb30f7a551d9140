using GoImg.Core.Accounts;
using GoImg.Core.Export;
using GoImg.Infrastructure.Database;
using Microsoft.EntityFrameworkCore;

namespace GoImg.Infrastructure.Export;

internal sealed class ExportRepository(GoImgDbContext db) : IExports
{
    public async Task<DateTimeOffset?> TryAddAsync(AccountExport export, int max, DateTimeOffset since, CancellationToken cancellationToken)
    {
        await db.EnsureTransactionAsync(cancellationToken);
        // One member's requests queue here, so that each counts the ones before it.
        await db.Database.ExecuteSqlAsync(
            $"SELECT pg_advisory_xact_lock(hashtextextended({export.MemberId.Value.ToString()}, 7))",
            cancellationToken
        );

        var earlier = await db.Set<AccountExport>()
            .Where(e => e.MemberId == export.MemberId && e.RequestedAt > since)
            .OrderByDescending(e => e.RequestedAt)
            .Select(e => e.RequestedAt)
            .Take(max)
            .ToListAsync(cancellationToken);
        if (earlier.Count >= max)
        {
            await db.Database.RollbackTransactionAsync(cancellationToken);
            return earlier.Count > 0 ? earlier[^1] : since;
        }

        db.Add(export);
        return null;
    }

    public Task<AccountExport?> FindAsync(ExportId id, CancellationToken cancellationToken) =>
        db.Set<AccountExport>().SingleOrDefaultAsync(e => e.Id == id, cancellationToken);

    public async Task<IReadOnlyList<AccountExport>> ListAsync(MemberId member, DateTimeOffset since, CancellationToken cancellationToken) =>
        await db.Set<AccountExport>()
            .AsNoTracking()
            .Where(e => e.MemberId == member && e.RequestedAt > since)
            .OrderByDescending(e => e.RequestedAt)
            .ToListAsync(cancellationToken);
}
