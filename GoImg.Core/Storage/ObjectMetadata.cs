namespace GoImg.Core.Storage;

/// <summary>What a store keeps beside an object's bytes. A local store on a file system without extended attributes keeps none of it.</summary>
public sealed record ObjectMetadata
{
    // What S3 allows of one's own.
    private const int MaxCharacters = 2048;

    public static ObjectMetadata None { get; } = new();

    /// <summary>The header Content-Type it is served with; null for bytes of any kind.</summary>
    public string? ContentType { get; init; }

    /// <summary>The header Cache-Control it is served with from an address of the store; null for none.</summary>
    public string? CacheControl { get; init; }

    /// <summary>One's own: names of lower-case letters, digits and <c>-</c>, values of printable ASCII, all of it within 2,048 characters.</summary>
    public IReadOnlyDictionary<string, string> Custom { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>For people's own pictures, which nothing between them and the store may keep.</summary>
    public static ObjectMetadata Private(string contentType) => new() { ContentType = contentType, CacheControl = "private, no-store" };

    /// <summary>For renditions, which everyone may see today and no one tomorrow: who was given an address keeps them for as long as it is good, and no cache between.</summary>
    public static ObjectMetadata Rendition(string contentType) => new() { ContentType = contentType, CacheControl = "private, max-age=300" };

    /// <summary>Asked by every store before it writes. Throws <see cref="ArgumentException"/> for what some store could not keep.</summary>
    public static void Check(ObjectMetadata metadata)
    {
        var values = metadata.Custom.Values.Append(metadata.ContentType ?? "").Append(metadata.CacheControl ?? "").ToList();
        if (values.Sum(v => v.Length) + metadata.Custom.Keys.Sum(k => k.Length) > MaxCharacters)
            throw new ArgumentException($"An object's metadata has at most {MaxCharacters} characters.", nameof(metadata));
        if (values.Exists(v => v.AsSpan().ContainsAnyExceptInRange(' ', '~')))
            throw new ArgumentException("A value of an object's metadata is printable ASCII.", nameof(metadata));
        if (metadata.Custom.Keys.Any(k => k.Length == 0 || !k.All(c => c is '-' or (>= 'a' and <= 'z') or (>= '0' and <= '9'))))
            throw new ArgumentException("A name in an object's metadata has lower-case letters, digits and - alone.", nameof(metadata));
    }
}
