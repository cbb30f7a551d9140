using GoImg.Core.Images;
using GoImg.Core.Uploads;

namespace GoImg.Core.Storage;

/// <summary>The name of a stored object, built from ids only: lower-case letters, digits, <c>-</c>, <c>.</c> and <c>/</c>, never a client's text.</summary>
public readonly record struct ObjectKey
{
    private ObjectKey(string value) => Value = value;

    /// <summary>Every object under these belongs to an image and goes when it goes.</summary>
    public static IReadOnlyList<string> PrefixesOfImages { get; } = ["originals/", "renditions/", "quarantine/"];

    /// <summary>Parts of files that are still coming in.</summary>
    public static string PrefixOfParts => "uploads/";

    public string Value { get; }

    public static ObjectKey Original(ImageId image) => new($"originals/{Shard(image.Value)}/{image.Value:n}");

    /// <summary>Where the original of an infected image is locked away.</summary>
    public static ObjectKey Quarantine(ImageId image) => new($"quarantine/{Shard(image.Value)}/{image.Value:n}");

    /// <summary>What all keys of an image's renditions start with.</summary>
    public static string RenditionsOf(ImageId image) => $"renditions/{Shard(image.Value)}/{image.Value:n}/";

    public static bool IsRendition(ObjectKey key) => key.Value.StartsWith("renditions/", StringComparison.Ordinal);

    /// <summary>What the keys of one set of them start with.</summary>
    public static string RenditionsOf(ImageId image, string set) => $"{RenditionsOf(image)}{set}.";

    /// <summary>A rendition; <paramref name="file"/> is such as <c>large.webp</c>.</summary>
    public static ObjectKey Rendition(ImageId image, string set, string file) => Parse(RenditionsOf(image, set) + file);

    /// <summary>Bytes of an upload under way.</summary>
    public static ObjectKey Part(UploadId upload, Guid part) => new($"{PrefixOfParts}{Shard(upload.Value)}/{upload.Value:n}/{part:n}");

    /// <summary>The image this object belongs to; null when its key names none.</summary>
    public ImageId? Image =>
        Value.Split('/') is ["originals" or "renditions" or "quarantine", _, var id, ..] && Guid.TryParseExact(id, "N", out var image)
            ? new ImageId(image)
            : null;

    /// <summary>The part of an upload this object is; null when it is something else.</summary>
    public Guid? PartId => Value.Split('/') is ["uploads", _, _, var id] && Guid.TryParseExact(id, "N", out var part) ? part : null;

    /// <summary>What <see cref="ToString"/> wrote, read back. Throws on anything that could leave the store.</summary>
    public static ObjectKey Parse(string value)
    {
        if (
            value.Length is 0 or > 200
            || value.Split('/').Any(part => part is "" or "." or "..")
            || value.AsSpan().IndexOfAnyExcept("abcdefghijklmnopqrstuvwxyz0123456789-./") >= 0
        )
            throw new FormatException("Not an object key.");
        return new ObjectKey(value);
    }

    public override string ToString() => Value;

    // The last two hex digits: version 7 ids begin with the time, so their ends spread evenly.
    private static string Shard(Guid id) => id.ToString("n")[^2..];
}
