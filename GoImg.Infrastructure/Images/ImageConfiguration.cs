using GoImg.Core.Accounts;
using GoImg.Core.Images;
using GoImg.Infrastructure.Database;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace GoImg.Infrastructure.Images;

internal sealed class ImageConfiguration : IEntityTypeConfiguration<Image>
{
    // The list is never changed in place.
    private static readonly ValueComparer<IReadOnlyList<StoredRendition>> ReplacedWhole = new(
        (a, b) => ReferenceEquals(a, b),
        list => list.Count,
        list => list
    );

    public void Configure(EntityTypeBuilder<Image> builder)
    {
        builder.ToTable("Images");
        builder.HasKey(i => i.Id);
        builder.Property(i => i.Id).ValueGeneratedNever();
        builder.Property(i => i.Slug).HasMaxLength(Slug.Length);
        builder.Property(i => i.Tags).HasColumnType("text[]");
        builder.Property(i => i.DominantColor).HasMaxLength(7);
        builder.Property(i => i.CameraMake).HasMaxLength(100);
        builder.Property(i => i.CameraModel).HasMaxLength(100);
        builder.Property(i => i.Lens).HasMaxLength(200);
        builder.Property(i => i.Recipe).HasMaxLength(16);
        builder.Property(i => i.RenditionSet).HasMaxLength(8);
        builder.Property(i => i.Renditions).HasColumnType("jsonb").HasConversion(new Json<IReadOnlyList<StoredRendition>>(), ReplacedWhole);
        builder.Property(i => i.CameraMake).HasMaxLength(CameraData.MaxMake);
        builder.Property(i => i.CameraModel).HasMaxLength(CameraData.MaxModel);
        builder.Property(i => i.Lens).HasMaxLength(CameraData.MaxLens);
        builder.Property(i => i.CameraDetails).HasColumnType("jsonb").HasConversion(new Json<CameraDetails?>());
        builder.Ignore(i => i.Camera);
        builder.Property(i => i.Version).IsConcurrencyToken();
        builder.Ignore(i => i.ShownTitle);
        builder.Ignore(i => i.ModerationState);
        builder.Ignore(i => i.IsHeld);
        builder.Ignore(i => i.IsQuarantined);
        builder.HasOne(i => i.Owner).WithMany().HasForeignKey(i => i.OwnerId).OnDelete(DeleteBehavior.Restrict);

        builder.HasIndex(i => i.Slug).IsUnique();
        // Duplicates: the same bytes by the same member are one image.
        builder.HasIndex(i => new { i.OwnerId, i.Sha256 }).IsUnique();
        // Explore: one partial index in the order of the page.
        builder
            .HasIndex(i => new { i.CreatedAt, i.Id })
            .IsDescending()
            .HasFilter("state = 'Active' AND visibility = 'Public'")
            .HasDatabaseName("IX_Images_Listed");
        // Library, member page and trash.
        builder
            .HasIndex(i => new
            {
                i.OwnerId,
                i.CreatedAt,
                i.Id,
            })
            .IsDescending(false, true, true);
        // What the background has to render again or to scan: nothing, most of the time.
        builder.HasIndex(i => new { i.Recipe, i.Id });
        builder.HasIndex(i => new { i.FactsVersion, i.Id });
        builder.HasIndex(i => i.Id).HasFilter("NOT is_scanned").HasDatabaseName("IX_Images_Unscanned");
        // How far along what is being prepared is.
        builder.HasIndex(i => i.CreatedAt).HasFilter("state = 'Processing'").HasDatabaseName("IX_Images_Processing");
        builder.HasIndex(i => i.DamagedAt).HasFilter("damaged_at IS NOT NULL");
        builder.HasIndex(i => i.DeletedAt).HasFilter("deleted_at IS NOT NULL");
        builder.HasIndex(i => i.Tags).HasMethod("gin");
    }
}

/// <summary>Numbers that change often lie in their own row, so that the image row's version is its owner's alone.</summary>
internal sealed class ImageCounters
{
    public ImageId ImageId { get; init; }

    public int Likes { get; init; }

    public int Comments { get; init; }

    public int Views { get; init; }
}

internal sealed class ImageCountersConfiguration : IEntityTypeConfiguration<ImageCounters>
{
    public void Configure(EntityTypeBuilder<ImageCounters> builder)
    {
        builder.ToTable("ImageCounters");
        builder.HasKey(c => c.ImageId);
        builder.HasOne<Image>().WithOne().HasForeignKey<ImageCounters>(c => c.ImageId).OnDelete(DeleteBehavior.Cascade);
    }
}

/// <summary>Bytes of originals a member keeps; changed only by atomic statements.</summary>
internal sealed class MemberUsage
{
    public MemberId MemberId { get; init; }

    public long Bytes { get; init; }
}

internal sealed class MemberUsageConfiguration : IEntityTypeConfiguration<MemberUsage>
{
    public void Configure(EntityTypeBuilder<MemberUsage> builder)
    {
        builder.ToTable("MemberUsage");
        builder.HasKey(u => u.MemberId);
        builder.Property(u => u.MemberId).ValueGeneratedNever();
        builder.HasOne<Member>().WithOne().HasForeignKey<MemberUsage>(u => u.MemberId).OnDelete(DeleteBehavior.Cascade);
    }
}
