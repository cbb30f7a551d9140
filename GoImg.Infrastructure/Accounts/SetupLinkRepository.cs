using GoImg.Core.Accounts;
using GoImg.Infrastructure.Database;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace GoImg.Infrastructure.Accounts;

internal sealed class SetupLinkRepository(GoImgDbContext db) : ISetupLinks
{
    public void Add(SetupLink link) => db.Add(link);

    public Task<bool> IsValidAsync(byte[] hash, DateTimeOffset now, CancellationToken cancellationToken) =>
        db.Set<SetupLink>().AnyAsync(l => l.Hash == hash && l.ExpiresAt > now, cancellationToken);

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
