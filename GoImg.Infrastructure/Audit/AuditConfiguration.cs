using GoImg.Core.Audit;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace GoImg.Infrastructure.Audit;

/// <summary>No foreign keys: an entry outlives what it tells of. A trigger (migration AuditIsAppendOnly) refuses every change.</summary>
internal sealed class AuditConfiguration : IEntityTypeConfiguration<AuditEntry>
{
    public void Configure(EntityTypeBuilder<AuditEntry> builder)
    {
        builder.ToTable("AuditEntries");
        builder.HasKey(e => e.Id);
        builder.Property(e => e.Id).ValueGeneratedNever();
        builder.Property(e => e.Action).HasMaxLength(64);
        builder.Property(e => e.Address).HasMaxLength(64);
        builder.Property(e => e.SubjectKind).HasMaxLength(32);
        builder.Property(e => e.SubjectId).HasMaxLength(AuditEntry.MaxSubjectId);
        builder.Property(e => e.Before).HasMaxLength(AuditEntry.MaxText);
        builder.Property(e => e.After).HasMaxLength(AuditEntry.MaxText);

        // The page and its filters, each in keyset order.
        builder.HasIndex(e => new { e.At, e.Id }).IsDescending();
        builder
            .HasIndex(e => new
            {
                e.Action,
                e.At,
                e.Id,
            })
            .IsDescending(false, true, true);
        builder
            .HasIndex(e => new
            {
                e.ActorId,
                e.At,
                e.Id,
            })
            .IsDescending(false, true, true);
    }
}
