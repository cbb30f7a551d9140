using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace GoImg.Infrastructure.Accounts;

/// <summary>Wrong passwords in a row for one name, whether an account has that name or not: so that both answer the same.</summary>
internal sealed class SignInTry
{
    /// <summary>SHA-256 of the account's id, or of the unknown name.</summary>
    public byte[] Key { get; init; } = [];

    public int Count { get; init; }

    public DateTimeOffset LastAt { get; init; }
}

internal sealed class SignInTryConfiguration : IEntityTypeConfiguration<SignInTry>
{
    public void Configure(EntityTypeBuilder<SignInTry> builder)
    {
        builder.ToTable("SignInTries");
        builder.HasKey(t => t.Key);
        builder.Property(t => t.Key).HasMaxLength(32);
        // The cleaner looks for what is forgotten.
        builder.HasIndex(t => t.LastAt);
    }
}
