using GoImg.Core.Accounts;
using GoImg.Core.Images;
using GoImg.Core.Moderation;
using GoImg.Infrastructure.Database;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace GoImg.Infrastructure.Moderation;

internal sealed class ReportCaseConfiguration : IEntityTypeConfiguration<ReportCase>
{
    public void Configure(EntityTypeBuilder<ReportCase> builder)
    {
        builder.ToTable("ReportCases");
        builder.HasKey(c => c.Id);
        builder.Property(c => c.Id).ValueGeneratedNever();
        builder.Property(c => c.Version).IsConcurrencyToken();
        builder.Ignore(c => c.IsOpen);
        builder.HasOne<Image>().WithMany().HasForeignKey(c => c.ImageId).OnDelete(DeleteBehavior.Cascade);

        // At most one open case an image, whoever reports at the same moment.
        builder.HasIndex(c => c.ImageId).IsUnique().HasFilter("status IN ('Pending', 'Reviewing')").HasDatabaseName("IX_ReportCases_Open");
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
        builder.Property(r => r.Evidence).HasColumnType("jsonb").HasConversion(new Json<Evidence>());
        builder.HasOne<ReportCase>().WithMany().HasForeignKey(r => r.CaseId).OnDelete(DeleteBehavior.Cascade);
        builder.HasOne<Image>().WithMany().HasForeignKey(r => r.ImageId).OnDelete(DeleteBehavior.Cascade);
        builder.HasOne<Member>().WithMany().HasForeignKey(r => r.ReporterId).OnDelete(DeleteBehavior.Cascade);
        builder.HasIndex(r => new { r.ImageId, r.ReporterId }).IsUnique().HasDatabaseName("IX_Reports_OncePerMember");
    }
}

/// <summary>No foreign keys to image and moderator: a decision outlives both.</summary>
internal sealed class DecisionConfiguration : IEntityTypeConfiguration<Decision>
{
    public void Configure(EntityTypeBuilder<Decision> builder)
    {
        builder.ToTable("Decisions");
        builder.HasKey(d => d.Id);
        builder.Property(d => d.Id).ValueGeneratedNever();
        builder.Property(d => d.ImageBefore).HasColumnType("jsonb").HasConversion(new Json<ImageModerationState?>());
        builder.Property(d => d.ImageAfter).HasColumnType("jsonb").HasConversion(new Json<ImageModerationState?>());
        builder.Property(d => d.MemberBefore).HasColumnType("jsonb").HasConversion(new Json<MemberModerationState?>());
        builder.Property(d => d.MemberAfter).HasColumnType("jsonb").HasConversion(new Json<MemberModerationState?>());
        builder.Property(d => d.Version).IsConcurrencyToken();
        builder.Ignore(d => d.IsOnAccount);

        // The page of decisions, one member's record, and later decisions on the same image.
        builder.HasIndex(d => new { d.DecidedAt, d.Id }).IsDescending();
        builder
            .HasIndex(d => new
            {
                d.MemberId,
                d.DecidedAt,
                d.Id,
            })
            .IsDescending(false, true, true);
        builder.HasIndex(d => d.ImageId);
    }
}
