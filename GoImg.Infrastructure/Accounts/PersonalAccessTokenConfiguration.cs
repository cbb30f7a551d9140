using GoImg.Core.Accounts;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace GoImg.Infrastructure.Accounts;

internal sealed class PersonalAccessTokenConfiguration : IEntityTypeConfiguration<PersonalAccessToken>
{
    public void Configure(EntityTypeBuilder<PersonalAccessToken> builder)
    {
        builder.ToTable("PersonalAccessTokens");
        builder.HasKey(t => t.Id);
        builder.Property(t => t.Id).ValueGeneratedNever();
        // Text elements may be longer than characters; how many it has is the entity's rule.
        builder.Property(t => t.Name).HasColumnType("text");
        builder.PrimitiveCollection(t => t.Scopes).HasColumnType("text[]").ElementType().HasConversion<string>();
        builder.Property(t => t.Hash).HasMaxLength(32);
        builder.HasOne<Member>().WithMany().HasForeignKey(t => t.MemberId).OnDelete(DeleteBehavior.Cascade);
        // Asked on every request that brings one.
        builder.HasIndex(t => t.Hash).IsUnique();
        builder.HasIndex(t => new
        {
            t.MemberId,
            t.CreatedAt,
            t.Id,
        });
        // The cleaner looks for what expired.
        builder.HasIndex(t => t.ExpiresAt);
    }
}
