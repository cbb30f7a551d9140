using GoImg.Core.Accounts;
using GoImg.Core.Images;
using GoImg.Core.Moderation;
using GoImg.Core.Notifications;
using GoImg.Infrastructure.Database;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace GoImg.Infrastructure.Notifications;

internal sealed class NotificationConfiguration : IEntityTypeConfiguration<Notification>
{
    // It never changes.
    private static readonly ValueComparer<IReadOnlyDictionary<string, string>> Never = new((a, b) => ReferenceEquals(a, b), _ => 0, data => data);

    public void Configure(EntityTypeBuilder<Notification> builder)
    {
        builder.ToTable("Notices");
        builder.HasKey(n => n.Id);
        builder.Property(n => n.Id).ValueGeneratedNever();
        builder.Property(n => n.Kind).HasMaxLength(32).HasDefaultValue(NotificationKind.Text);
        builder
            .Property(n => n.Data)
            .HasColumnType("jsonb")
            .HasConversion(new Json<IReadOnlyDictionary<string, string>>(), Never)
            .HasDefaultValueSql("'{}'");
        builder.HasOne<Member>().WithMany().HasForeignKey(n => n.MemberId).OnDelete(DeleteBehavior.Cascade);
        builder.HasOne<Decision>().WithMany().HasForeignKey(n => n.DecisionId).OnDelete(DeleteBehavior.Cascade);
        builder.HasOne<Image>().WithMany().HasForeignKey(n => n.ImageId).OnDelete(DeleteBehavior.SetNull);
        builder.HasIndex(n => new { n.MemberId, n.At }).IsDescending(false, true);
    }
}
