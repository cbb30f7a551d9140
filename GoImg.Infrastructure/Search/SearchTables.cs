using GoImg.Core.Images;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using NpgsqlTypes;

namespace GoImg.Infrastructure.Search;

/// <summary>What one image is found by, beside its row: jobs write it, and no change of an image has to. Who may see the image is never asked of it.</summary>
internal sealed class IndexedImage
{
    public ImageId ImageId { get; init; }

    /// <summary>The image's own; it never changes.</summary>
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>English forms of title (A), labels (B) and description (D); German forms and keys without positions.</summary>
    public NpgsqlTsVector Document { get; init; } = null!;

    /// <summary>Those of its words and tags that <see cref="CountedWord"/> and <see cref="CountedTag"/> count: none unless it is listed.</summary>
    public string[] Words { get; init; } = [];

    /// <inheritdoc cref="Words"/>
    public string[] Tags { get; init; } = [];

    public int Revision { get; init; }
}

/// <summary>A stretch of time in which some 20,000 images were uploaded: newest matches are looked for in the newest blocks first, so that a common word
/// costs no more than a rare one.</summary>
internal sealed class SearchBlock
{
    public int Number { get; init; }

    /// <summary>The first at minus infinity; a block ends where the next one starts.</summary>
    public DateTimeOffset StartsAt { get; init; }

    public int Images { get; init; }
}

/// <summary>A word of listed images without accents, for spelling.</summary>
internal sealed class CountedWord
{
    public string Word { get; init; } = "";

    public int Images { get; init; }
}

/// <summary>A tag of listed images.</summary>
internal sealed class CountedTag
{
    public string Tag { get; init; } = "";

    public int Images { get; init; }
}

internal sealed class IndexedImageConfiguration : IEntityTypeConfiguration<IndexedImage>
{
    public void Configure(EntityTypeBuilder<IndexedImage> builder)
    {
        // No reference to the image: its row may go before a job takes its words out of the counts. And no index in the order of lists: with one,
        // the planner walks along it for as long as it takes (docs/adr/0044).
        builder.ToTable("ImageSearch");
        builder.HasKey(s => s.ImageId);
        builder.Property(s => s.ImageId).ValueGeneratedNever();
        builder.HasIndex(s => s.Document).HasMethod("gin").HasStorageParameter("fastupdate", false);
    }
}

internal sealed class SearchBlockConfiguration : IEntityTypeConfiguration<SearchBlock>
{
    public void Configure(EntityTypeBuilder<SearchBlock> builder)
    {
        builder.ToTable("SearchBlocks");
        builder.HasKey(b => b.Number);
        builder.Property(b => b.Number).ValueGeneratedNever();
    }
}

internal sealed class CountedWordConfiguration : IEntityTypeConfiguration<CountedWord>
{
    public void Configure(EntityTypeBuilder<CountedWord> builder)
    {
        builder.ToTable("SearchWords");
        builder.HasKey(w => w.Word);
        // Words that are like a mistyped one.
        builder.HasIndex(w => w.Word).HasMethod("gin").HasOperators("gin_trgm_ops").HasDatabaseName("IX_Search_Words_Alike");
        // What is to be removed: nothing, most of the time.
        builder.HasIndex(w => w.Images).HasFilter("images <= 0").HasDatabaseName("IX_Search_Words_Unused");
    }
}

internal sealed class CountedTagConfiguration : IEntityTypeConfiguration<CountedTag>
{
    public void Configure(EntityTypeBuilder<CountedTag> builder)
    {
        builder.ToTable("TagCounts");
        builder.HasKey(t => t.Tag);
        // The commonest.
        builder.HasIndex(t => new { t.Images, t.Tag }).IsDescending(true, false);
    }
}
