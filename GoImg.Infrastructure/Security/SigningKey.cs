using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace GoImg.Infrastructure.Security;

/// <summary>A key that signs access tokens; its private half is encrypted with a Data Protection key.</summary>
internal sealed class SigningKey
{
    /// <summary>The <c>kid</c> in a token's header.</summary>
    public string Id { get; init; } = "";

    public DateTimeOffset CreatedAt { get; init; }

    public byte[] ProtectedPkcs8 { get; init; } = [];
}

internal sealed class SigningKeyConfiguration : IEntityTypeConfiguration<SigningKey>
{
    public void Configure(EntityTypeBuilder<SigningKey> builder)
    {
        builder.ToTable("SigningKeys");
        builder.HasKey(k => k.Id);
        builder.Property(k => k.Id).HasMaxLength(64);
    }
}
