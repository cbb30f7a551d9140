using GoImg.Core.Social;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace GoImg.Infrastructure.Social;

internal sealed class CommentConfiguration : IEntityTypeConfiguration<Comment>
{
    public void Configure(EntityTypeBuilder<Comment> builder)
    {
        builder.ToTable("Comments");
        builder.HasKey(c => c.Id);
        builder.Property(c => c.Id).ValueGeneratedNever();
        builder.Property(c => c.Version).IsConcurrencyToken();
        builder.HasOne(c => c.Image).WithMany().HasForeignKey(c => c.ImageId).OnDelete(DeleteBehavior.Cascade);
        // An erased account leaves its words behind, without a name.
        builder.HasOne(c => c.Author).WithMany().HasForeignKey(c => c.AuthorId).OnDelete(DeleteBehavior.SetNull);
        // Under an image, newest first.
        builder
            .HasIndex(c => new
            {
                c.ImageId,
                c.CreatedAt,
                c.Id,
            })
            .IsDescending(false, true, true)
            .HasFilter("deleted_at IS NULL");
        builder.HasIndex(c => c.AuthorId);
    }
}
