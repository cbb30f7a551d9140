using GoImg.Core.Accounts;
using GoImg.Core.Images;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace GoImg.Infrastructure.Social;

/// <summary>One member likes one image; the key makes twice impossible.</summary>
internal sealed class Like
{
    public ImageId ImageId { get; init; }

    public MemberId MemberId { get; init; }

    public DateTimeOffset CreatedAt { get; init; }
}

internal sealed class LikeConfiguration : IEntityTypeConfiguration<Like>
{
    public void Configure(EntityTypeBuilder<Like> builder)
    {
        builder.ToTable("Likes");
        builder.HasKey(l => new { l.ImageId, l.MemberId });
        builder.HasOne<Image>().WithMany().HasForeignKey(l => l.ImageId).OnDelete(DeleteBehavior.Cascade);
        builder.HasOne<Member>().WithMany().HasForeignKey(l => l.MemberId).OnDelete(DeleteBehavior.Cascade);
        // Who likes an image, and what a member likes, last first.
        builder
            .HasIndex(l => new
            {
                l.ImageId,
                l.CreatedAt,
                l.MemberId,
            })
            .IsDescending(false, true, true);
        builder
            .HasIndex(l => new
            {
                l.MemberId,
                l.CreatedAt,
                l.ImageId,
            })
            .IsDescending(false, true, true);
    }
}
