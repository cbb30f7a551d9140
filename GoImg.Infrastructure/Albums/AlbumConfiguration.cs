using GoImg.Core.Albums;
using GoImg.Core.Images;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace GoImg.Infrastructure.Albums;

internal sealed class AlbumConfiguration : IEntityTypeConfiguration<Album>
{
    public void Configure(EntityTypeBuilder<Album> builder)
    {
        builder.ToTable("Albums");
        builder.HasKey(a => a.Id);
        builder.Property(a => a.Id).ValueGeneratedNever();
        builder.Property(a => a.Slug).HasMaxLength(Slug.Length);
        builder.Property(a => a.Version).IsConcurrencyToken();
        builder.HasOne(a => a.Owner).WithMany().HasForeignKey(a => a.OwnerId).OnDelete(DeleteBehavior.Cascade);
        // A cover that is purged gives way to the first image.
        builder.HasOne<Image>().WithMany().HasForeignKey(a => a.CoverId).OnDelete(DeleteBehavior.SetNull);
        builder.HasIndex(a => a.Slug).IsUnique();
        // The trash is looked at by asking for it.
        builder.HasQueryFilter(a => a.DeletedAt == null);
        builder.HasIndex(a => a.DeletedAt).HasFilter("deleted_at IS NOT NULL");
        // A member's albums, newest first.
        builder
            .HasIndex(a => new
            {
                a.OwnerId,
                a.CreatedAt,
                a.Id,
            })
            .IsDescending(false, true, true);
        // All that are listed, newest first.
        builder
            .HasIndex(a => new { a.CreatedAt, a.Id })
            .IsDescending()
            .HasFilter("state = 'Active' AND visibility = 'Public' AND deleted_at IS NULL")
            .HasDatabaseName("IX_Albums_Listed");
    }
}

/// <summary>An image's place in an album.</summary>
internal sealed class AlbumImage
{
    public AlbumId AlbumId { get; init; }

    public ImageId ImageId { get; init; }

    /// <summary>Rising towards the end, with gaps; only the order counts.</summary>
    public long Position { get; set; }
}

internal sealed class AlbumImageConfiguration : IEntityTypeConfiguration<AlbumImage>
{
    public void Configure(EntityTypeBuilder<AlbumImage> builder)
    {
        builder.ToTable("AlbumImages");
        builder.HasKey(x => new { x.AlbumId, x.ImageId });
        builder.HasOne<Album>().WithMany().HasForeignKey(x => x.AlbumId).OnDelete(DeleteBehavior.Cascade);
        builder.HasOne<Image>().WithMany().HasForeignKey(x => x.ImageId).OnDelete(DeleteBehavior.Cascade);
        // An album's page in its own order, and "in albums" on an image's page.
        builder.HasIndex(x => new
        {
            x.AlbumId,
            x.Position,
            x.ImageId,
        });
        builder.HasIndex(x => x.ImageId);
    }
}
