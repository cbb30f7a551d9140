using System.Security.Cryptography;

namespace GoImg.Core.Images;

/// <summary>The renditions of one render. Each render stores under a set name of its own, so it never touches what is being served,
/// and a worker that lost its lease can't overwrite what its successor published.</summary>
/// <param name="Recipe">Fingerprint of the <see cref="Rendering.RenditionFingerprint"/> they were made by.</param>
public sealed record StoredRenditions(string Set, string Recipe, IReadOnlyList<StoredRendition> Files)
{
    /// <summary>No bytes: before the first render, and once they were removed.</summary>
    public static StoredRenditions None { get; } = new("", "", []);

    /// <summary>A set name that no one has used: eight random hexadecimal digits.</summary>
    public static string NewSet() => RandomNumberGenerator.GetHexString(8, lowercase: true);
}

/// <summary>One stored rendition, so that damage to it is found.</summary>
/// <param name="File">Its name in the set, such as <c>large.webp</c>.</param>
/// <param name="Sha256">In lower-case hexadecimal digits.</param>
public sealed record StoredRendition(string File, long LengthBytes, string Sha256)
{
    /// <summary>What it was made by, as in <c>libvips 8.18.7</c>, so that a change of library can be told from its results. Empty when that was not
    /// noted: before 0.2, and for a JPEG made of a rendition.</summary>
    public string Library { get; init; } = "";
}
