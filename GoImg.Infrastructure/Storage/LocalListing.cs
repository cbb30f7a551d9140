using System.Collections;
using System.IO.Enumeration;
using GoImg.Core.Storage;

namespace GoImg.Infrastructure.Storage;

/// <summary>The objects below a prefix, found as they are asked for. Links, and names that are no keys (a disk's <c>lost+found</c>), are no objects.</summary>
internal sealed class LocalListing(string root, string prefix) : IEnumerable<ObjectInfo>
{
    private const string KeyCharacters = "abcdefghijklmnopqrstuvwxyz0123456789-.";

    public IEnumerator<ObjectInfo> GetEnumerator()
    {
        if (prefix.AsSpan().IndexOfAnyExcept(KeyCharacters + "/") >= 0 || prefix.Contains("..", StringComparison.Ordinal))
            throw new ArgumentException("Not the beginning of an object key.", nameof(prefix));
        // the deepest directory that the prefix names whole
        var start = Path.Combine(root, prefix[..(prefix.LastIndexOf('/') + 1)]);
        if (!Directory.Exists(start))
            return Enumerable.Empty<ObjectInfo>().GetEnumerator();
        var options = new EnumerationOptions
        {
            RecurseSubdirectories = true,
            IgnoreInaccessible = false,
            AttributesToSkip = FileAttributes.ReparsePoint,
        };
        var files = new FileSystemEnumerable<ObjectInfo>(start, Describe, options)
        {
            ShouldIncludePredicate = (ref entry) =>
                !entry.IsDirectory && IsKey(ref entry) && KeyOf(ref entry).StartsWith(prefix, StringComparison.Ordinal),
            ShouldRecursePredicate = (ref entry) => IsKey(ref entry),
        };
        return files.GetEnumerator();
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private ObjectInfo Describe(ref FileSystemEntry entry) => new(ObjectKey.Parse(KeyOf(ref entry)), entry.Length, entry.LastWriteTimeUtc);

    private static bool IsKey(ref FileSystemEntry entry) => entry.FileName.IndexOfAnyExcept(KeyCharacters) < 0;

    private string KeyOf(ref FileSystemEntry entry) => entry.ToFullPath()[(root.Length + 1)..];
}
