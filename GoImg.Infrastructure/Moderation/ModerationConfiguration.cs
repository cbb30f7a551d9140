using GoImg.Core.Accounts;
using GoImg.Core.Moderation;
using GoImg.Infrastructure.Database;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace GoImg.Infrastructure.Moderation;

/// <summary>No foreign key to the subject: a case outlives it. What is deleted is noticed by <see cref="NoticeDeletedSubjects"/>, and
/// <see cref="CaseRepository.HoldAsync"/> lets no report slip in beside the deletion.</summary>
internal sealed class ReportCaseConfiguration : IEntityTypeConfiguration<ReportCase>
{
    public void Configure(EntityTypeBuilder<ReportCase> builder)
    {
        builder.ToTable("ReportCases");
        builder.HasKey(c => c.Id);
        builder.Property(c => c.Id).ValueGeneratedNever();
        builder.Property(c => c.Version).IsConcurrencyToken();
        builder.Ignore(c => c.IsOpen);
        builder.Ignore(c => c.Subject);

        // At most one open case a subject, whoever reports at the same moment.
        builder
            .HasIndex(c => new { c.SubjectKind, c.SubjectId })
            .IsUnique()
            .HasFilter("status IN ('Pending', 'Reviewing')")
            .HasDatabaseName("IX_ReportCases_Open");
        // How often others reported what is a member's.
        builder.HasIndex(c => c.OwnerId);
        // The queue.
        builder
            .HasIndex(c => new { c.ReportCount, c.OpenedAt })
            .IsDescending(true, false)
            .HasFilter("status IN ('Pending', 'Reviewing')")
            .HasDatabaseName("IX_ReportCases_Queue");
    }
}

internal sealed class ReportConfiguration : IEntityTypeConfiguration<Report>
{
    public void Configure(EntityTypeBuilder<Report> builder)
    {
        builder.ToTable("Reports");
        builder.HasKey(r => r.Id);
        builder.Property(r => r.Id).ValueGeneratedNever();
        builder.Ignore(r => r.Subject);
        builder.Property(r => r.Evidence).HasColumnType("jsonb").HasConversion(new Json<Evidence>());
        builder.HasOne<ReportCase>().WithMany().HasForeignKey(r => r.CaseId).OnDelete(DeleteBehavior.Cascade);
        builder.HasOne<Member>().WithMany().HasForeignKey(r => r.ReporterId).OnDelete(DeleteBehavior.Cascade);
        builder
            .HasIndex(r => new
            {
                r.SubjectKind,
                r.SubjectId,
                r.ReporterId,
            })
            .IsUnique()
            .HasDatabaseName("IX_Reports_OncePerMember");
    }
}

/// <summary>No foreign keys to subject, owner and moderator: a decision outlives all.</summary>
internal sealed class DecisionConfiguration : IEntityTypeConfiguration<Decision>
{
    public void Configure(EntityTypeBuilder<Decision> builder)
    {
        builder.ToTable("Decisions");
        builder.HasKey(d => d.Id);
        builder.Property(d => d.Id).ValueGeneratedNever();
        builder.Ignore(d => d.Subject);
        builder.Property(d => d.Before).HasColumnType("jsonb").HasConversion(new Json<SubjectState>());
        builder.Property(d => d.After).HasColumnType("jsonb").HasConversion(new Json<SubjectState>());
        builder.Property(d => d.Version).IsConcurrencyToken();
        builder.Ignore(d => d.IsOnAccount);

        // The page of decisions, one member's record, and later decisions on the same subject.
        builder.HasIndex(d => new { d.DecidedAt, d.Id }).IsDescending();
        builder
            .HasIndex(d => new
            {
                d.MemberId,
                d.DecidedAt,
                d.Id,
            })
            .IsDescending(false, true, true);
        builder.HasIndex(d => new { d.SubjectKind, d.SubjectId });
    }
}
