using GoImg.Core.Storage;

namespace GoImg.Core.Images;

/// <summary>The names of images' objects.</summary>
public static class ImageObjectKeys
{
    private const string Originals = "originals";
    private const string Renditions = "renditions";
    private const string Quarantined = "quarantine";

    /// <summary>Every object under these belongs to an image and goes when it goes.</summary>
    public static IReadOnlyList<string> Prefixes { get; } = [$"{Originals}/", $"{Renditions}/", $"{Quarantined}/"];

    public static ObjectKey Original(ImageId image) => ObjectKey.Parse(Of(Originals, image));

    /// <summary>Where the original of an infected image is kept.</summary>
    public static ObjectKey Quarantine(ImageId image) => ObjectKey.Parse(Of(Quarantined, image));

    /// <summary>What all keys of an image's renditions start with.</summary>
    public static string RenditionsOf(ImageId image) => $"{Of(Renditions, image)}/";

    /// <summary>What the keys of one set of them start with.</summary>
    public static string RenditionsOf(ImageId image, string set) => $"{RenditionsOf(image)}{set}.";

    /// <summary>A rendition; <paramref name="file"/> is such as <c>large.webp</c>.</summary>
    public static ObjectKey Rendition(ImageId image, string set, string file) => ObjectKey.Parse(RenditionsOf(image, set) + file);

    public static bool IsRendition(ObjectKey key) => key.Value.StartsWith($"{Renditions}/", StringComparison.Ordinal);

    /// <summary>The image an object belongs to; null when its key names none.</summary>
    public static ImageId? ImageOf(ObjectKey key) =>
        key.Value.Split('/') is [Originals or Renditions or Quarantined, _, var id, ..] && Guid.TryParseExact(id, "N", out var image)
            ? new ImageId(image)
            : null;

    private static string Of(string kind, ImageId image) => $"{kind}/{ObjectKey.Shard(image.Value)}/{image.Value:n}";
}
