using GoImg.Core.Images;

namespace GoImg.Core.Storage;

/// <summary>The name of a stored object, built from ids only: lower-case letters, digits, <c>-</c>, <c>.</c> and <c>/</c>, never a client's text.</summary>
public readonly record struct ObjectKey
{
    private ObjectKey(string value) => Value = value;

    public string Value { get; }

    public static ObjectKey Original(ImageId image) => new($"originals/{Shard(image)}/{image.Value:n}");

    /// <summary>A rendition; <paramref name="extension"/> is <c>webp</c> or <c>jpg</c>.</summary>
    public static ObjectKey Rendition(ImageId image, string rendition, string extension) =>
        Parse($"renditions/{Shard(image)}/{image.Value:n}/{rendition}.{extension}");

    /// <summary>What <see cref="ToString"/> wrote, read back. Throws on anything that could leave the store.</summary>
    public static ObjectKey Parse(string value)
    {
        if (value.Length is 0 or > 200 || value.Split('/').Any(part => part is "" or "." or "..")
            || value.AsSpan().IndexOfAnyExcept("abcdefghijklmnopqrstuvwxyz0123456789-./") >= 0)
            throw new FormatException("Not an object key.");
        return new ObjectKey(value);
    }

    public override string ToString() => Value;

    // The last two hex digits: version 7 ids begin with the time, so their ends spread evenly.
    private static string Shard(ImageId image) => image.Value.ToString("n")[^2..];
}
