using GoImg.Core.Accounts;
using GoImg.Core.Images;
using GoImg.Infrastructure.Database;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace GoImg.Infrastructure.Images;

internal sealed class BulkChangeRepository(GoImgDbContext db) : IBulkChanges
{
    public void Add(BulkChange change) => db.Add(change);

    public Task<BulkChange?> FindAsync(MemberId member, Guid id, CancellationToken cancellationToken) =>
        db.Set<BulkChange>().SingleOrDefaultAsync(c => c.Id == id && c.MemberId == member, cancellationToken);

    public void Remove(BulkChange change) => db.Remove(change);

    public Task ForgetAsync(DateTimeOffset madeBefore, CancellationToken cancellationToken) =>
        db.Set<BulkChange>().Where(c => c.MadeAt < madeBefore).ExecuteDeleteAsync(cancellationToken);
}

internal sealed class BulkChangeConfiguration : IEntityTypeConfiguration<BulkChange>
{
    private static readonly ValueComparer<IReadOnlyList<ImageChange>> NeverChanged = new(
        (a, b) => ReferenceEquals(a, b),
        list => list.Count,
        list => list
    );

    public void Configure(EntityTypeBuilder<BulkChange> builder)
    {
        builder.ToTable("BulkChanges");
        builder.Property(c => c.Id).ValueGeneratedNever();
        builder.Property(c => c.Images).HasColumnType("jsonb").HasConversion(new Json<IReadOnlyList<ImageChange>>(), NeverChanged);
        builder.HasOne<Member>().WithMany().HasForeignKey(c => c.MemberId).OnDelete(DeleteBehavior.Cascade);
        builder.HasIndex(c => c.MadeAt);
    }
}
