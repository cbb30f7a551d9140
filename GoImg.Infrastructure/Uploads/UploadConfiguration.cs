using GoImg.Core.Accounts;
using GoImg.Core.Uploads;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace GoImg.Infrastructure.Uploads;

internal sealed class UploadConfiguration : IEntityTypeConfiguration<ResumableUpload>
{
    public void Configure(EntityTypeBuilder<ResumableUpload> builder)
    {
        builder.ToTable("Uploads");
        builder.HasKey(u => u.Id);
        builder.Property(u => u.Id).ValueGeneratedNever();
        builder.Property(u => u.Tags).HasColumnType("text[]");
        builder.Property(u => u.Version).IsConcurrencyToken();
        builder.Ignore(u => u.IsWhole);
        builder.Ignore(u => u.IsFinished);
        builder.Ignore(u => u.Details);
        // An upload ends with its owner's account; the album and the image it names may go before it does.
        builder.HasOne<Member>().WithMany().HasForeignKey(u => u.OwnerId).OnDelete(DeleteBehavior.Cascade);
        // What is reserved for a member, asked at every upload.
        builder.HasIndex(u => u.OwnerId).HasFilter("image_id IS NULL").HasDatabaseName("IX_Uploads_Unfinished");
        // Sweeping.
        builder.HasIndex(u => u.ExpiresAt);
    }
}

internal sealed class UploadPartConfiguration : IEntityTypeConfiguration<UploadPart>
{
    public void Configure(EntityTypeBuilder<UploadPart> builder)
    {
        builder.ToTable("UploadParts");
        builder.HasKey(p => p.Id);
        builder.Property(p => p.Id).ValueGeneratedNever();
        builder.Ignore(p => p.Key);
        builder.HasOne<ResumableUpload>().WithMany().HasForeignKey(p => p.UploadId).OnDelete(DeleteBehavior.Cascade);
        // Two parts never begin at the same place, whatever the version said.
        builder.HasIndex(p => new { p.UploadId, p.OffsetBytes }).IsUnique();
    }
}
