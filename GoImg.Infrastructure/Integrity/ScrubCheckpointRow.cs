using GoImg.Core.Images;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace GoImg.Infrastructure.Integrity;

/// <summary>How far a walk over all images has come. A row for each walk, so that it goes on where it was after any restart.</summary>
internal sealed class ScrubCheckpointRow
{
    public required string Name { get; init; }

    /// <summary>The last image that was looked at; null at the beginning.</summary>
    public ImageId? AfterId { get; init; }

    public DateTimeOffset StartedAt { get; init; }

    /// <summary>Null while it is under way.</summary>
    public DateTimeOffset? FinishedAt { get; init; }
}

internal sealed class ScrubCheckpointConfiguration : IEntityTypeConfiguration<ScrubCheckpointRow>
{
    public void Configure(EntityTypeBuilder<ScrubCheckpointRow> builder)
    {
        builder.ToTable("Walks");
        builder.HasKey(w => w.Name);
        builder.Property(w => w.Name).HasMaxLength(32);
    }
}
