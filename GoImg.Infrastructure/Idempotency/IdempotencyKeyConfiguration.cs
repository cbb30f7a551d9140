using GoImg.Core.Accounts;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace GoImg.Infrastructure.Idempotency;

/// <summary>A key and what its request was answered; no status while the request runs. Written by statements of its own, beside the request's work.</summary>
internal sealed class IdempotencyKey
{
    public const int MaxLength = 255;

    public MemberId MemberId { get; init; }

    public string Key { get; init; } = "";

    public DateTimeOffset ClaimedAt { get; init; }

    public string? Fingerprint { get; init; }

    public long? RequestBytes { get; init; }

    public int? Status { get; init; }

    public string? ContentType { get; init; }

    public string? Location { get; init; }

    public string? Etag { get; init; }

    public byte[]? Body { get; init; }
}

internal sealed class IdempotencyKeyConfiguration : IEntityTypeConfiguration<IdempotencyKey>
{
    public void Configure(EntityTypeBuilder<IdempotencyKey> builder)
    {
        builder.ToTable("IdempotencyKeys");
        builder.HasKey(k => new { k.MemberId, k.Key });
        builder.Property(k => k.Key).HasMaxLength(IdempotencyKey.MaxLength);
        builder.HasOne<Member>().WithMany().HasForeignKey(k => k.MemberId).OnDelete(DeleteBehavior.Cascade);
        // The cleaner looks for what is old.
        builder.HasIndex(k => k.ClaimedAt);
    }
}
