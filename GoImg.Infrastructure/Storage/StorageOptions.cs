using GoImg.Core.Shared;
using GoImg.Infrastructure.Configuration;

namespace GoImg.Infrastructure.Storage;

/// <summary>Section <c>Storage</c>: where originals and renditions are kept.</summary>
public sealed class StorageOptions : IValidatedOptions
{
    public static string Section => "Storage";

    /// <summary>Where objects are kept: <c>local</c>, a directory that all nodes share. Default local.</summary>
    public string Kind { get; set; } = "local";

    /// <summary>Directory of the local store. Default: <c>objects</c> below <c>Data:Path</c>. Its staging area lies in it,
    /// so that the last step of a write is a rename on one disk.</summary>
    public string? Path { get; set; }

    /// <summary>Room that stays free for the database and the system, in bytes; uploads are refused below it.
    /// Default 268435456 (256 MiB), 0 = none, and then a full disk stops the database too.</summary>
    public long ReserveBytes { get; set; } = 256L << 20;

    /// <summary>Memory for renditions that are asked for again and again, in bytes. Default 67108864 (64 MiB), 0 = none.</summary>
    public long MemoryBytes { get; set; } = 64L << 20;

    public void Check(OptionRules rules)
    {
        rules.Holds(Kind == "local", $"Storage:Kind is \"{Kind}\"; it must be local, the only kind of store that this version has.");
        rules.MayBeDirectory(Path);
        rules.Range(MemoryBytes, 0, 64L << 30, "none");
        rules.Holds(ReserveBytes >= 0, "Storage:ReserveBytes is a number of bytes, 0 or more.");
    }
}
