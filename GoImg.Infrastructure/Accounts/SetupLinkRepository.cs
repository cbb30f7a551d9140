using GoImg.Core.Accounts;
using GoImg.Infrastructure.Database;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace GoImg.Infrastructure.Accounts;

internal sealed class SetupLinkRepository(GoImgDbContext db) : ISetupLinks
{
    // Any constant of ours; it names the lock in pg_locks.
    private const long AdminsLock = 0x60_1A46_0002;

    public void Add(SetupLink link) => db.Add(link);

    public Task<bool> IsValidAsync(byte[] hash, DateTimeOffset now, CancellationToken cancellationToken) =>
        db.Set<SetupLink>().AnyAsync(l => l.Hash == hash && l.ExpiresAt > now, cancellationToken);

    public async Task LockAdminsAsync(CancellationToken cancellationToken)
    {
        if (db.Database.CurrentTransaction is null)
            await db.Database.BeginTransactionAsync(cancellationToken);
        await db.Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock({AdminsLock})", cancellationToken);
    }

    public Task RemoveAllAsync(CancellationToken cancellationToken) => db.Set<SetupLink>().ExecuteDeleteAsync(cancellationToken);
}

internal sealed class SetupLinkConfiguration : IEntityTypeConfiguration<SetupLink>
{
    public void Configure(EntityTypeBuilder<SetupLink> builder)
    {
        builder.ToTable("SetupLinks");
        builder.HasKey(l => l.Hash);
        builder.Property(l => l.Hash).HasMaxLength(32);
    }
}
