using Amazon.S3.Model;
using GoImg.Core.Storage;

namespace GoImg.Infrastructure.Storage.S3;

/// <summary>An object's metadata as headers. Signatures and servers change runs of spaces and lose empty values, so those are written in percent.</summary>
internal static class S3Metadata
{
    // What servers say of an object whose type nobody told them.
    private const string AnyBytes = "application/octet-stream";
    private const string AnyBytesToo = "binary/octet-stream";
    private const string Prefix = "x-amz-meta-";
    private const string Empty = "%";

    public static void Write(ObjectMetadata metadata, HeadersCollection headers, MetadataCollection custom)
    {
        headers.ContentType = metadata.ContentType ?? AnyBytes;
        if (metadata.CacheControl is { } caching)
            headers.CacheControl = caching;
        foreach (var (name, value) in metadata.Custom)
            custom.Add(name, Encode(value));
    }

    public static ObjectMetadata Read(HeadersCollection headers, MetadataCollection custom) =>
        new()
        {
            ContentType = headers.ContentType is { Length: > 0 } and not AnyBytes and not AnyBytesToo ? headers.ContentType : null,
            CacheControl = headers.CacheControl is { Length: > 0 } caching ? caching : null,
            Custom = custom.Keys.ToDictionary(
                name => name.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase) ? name[Prefix.Length..] : name,
                name => Decode(custom[name]),
                StringComparer.Ordinal
            ),
        };

    private static string Encode(string value) =>
        value.Length == 0 ? Empty
        : value.Contains('%', StringComparison.Ordinal) || value.Contains("  ", StringComparison.Ordinal) || value[0] == ' ' || value[^1] == ' '
            ? value.Replace("%", "%25", StringComparison.Ordinal).Replace(" ", "%20", StringComparison.Ordinal)
        : value;

    private static string Decode(string value) => value == Empty ? "" : Uri.UnescapeDataString(value);
}
