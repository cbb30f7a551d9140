using GoImg.Core.Shared;
using GoImg.Infrastructure.Configuration;

namespace GoImg.Infrastructure.Storage;

/// <summary>Section <c>Storage</c>: where originals and renditions are kept.</summary>
public sealed class StorageOptions : IValidatedOptions
{
    public static string Section => "Storage";

    /// <summary>Where objects are kept: <c>local</c>, a directory that all nodes share; <c>s3</c>, the bucket of <c>Storage:S3</c>. Default local.</summary>
    public string Kind { get; set; } = "local";

    /// <summary>Directory of the local store. Default: <c>objects</c> below <c>Data:Path</c>. Its staging area lies in it,
    /// so that the last step of a write is a rename on one disk.</summary>
    public string? Path { get; set; }

    /// <summary>Room that stays free for the database and the system on the disk that files are written to, in bytes; uploads are refused below it.
    /// Default 268435456 (256 MiB), 0 = none, and then a full disk stops the database too.</summary>
    public long ReserveBytes { get; set; } = 256L << 20;

    /// <summary>Memory for renditions that are asked for again and again, in bytes. Default 67108864 (64 MiB), 0 = none.</summary>
    public long MemoryBytes { get; set; } = 64L << 20;

    internal bool IsS3 => string.Equals(Kind, "s3", StringComparison.OrdinalIgnoreCase);

    public void Check(OptionRules rules)
    {
        rules.OneOf(Kind, ConfiguredStores.Kinds);
        rules.MayBeDirectory(Path);
        rules.Range(MemoryBytes, 0, 64L << 30, "none");
        rules.Holds(ReserveBytes >= 0, "Storage:ReserveBytes is a number of bytes, 0 or more.");
    }
}
