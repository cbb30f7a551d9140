using System.Runtime.InteropServices;
using System.Text;
using GoImg.Core.Storage;
using GoImg.DurableFiles;
using Microsoft.Win32.SafeHandles;

namespace GoImg.Infrastructure.Storage;

/// <summary>An object's metadata as an extended attribute of its file: named, moved and removed with it in the same step. Lines such as
/// <c>content-type: image/webp</c>; one's own names begin with <c>x-</c>.</summary>
internal static partial class FileMetadata
{
    private const string Attribute = "user.goimg.metadata";
    private const string Own = "x-";

    // The text, some twenty names, and what stands around them.
    private const int MaxBytes = 8192;

    /// <summary>A file system that has no attributes keeps none.</summary>
    public static unsafe void Write(SafeFileHandle file, ObjectMetadata metadata)
    {
        var text = Encoding.ASCII.GetBytes(string.Join('\n', Lines(metadata)));
        if (text.Length == 0)
            return;
        fixed (byte* bytes = text)
        {
            var done = OperatingSystem.IsMacOS()
                ? SetOfMac(file, Attribute, bytes, (nuint)text.Length, position: 0, options: 0)
                : Set(file, Attribute, bytes, (nuint)text.Length, flags: 0);
            if (done != 0 && Marshal.GetLastPInvokeError() is var errno && errno != Errno.NotSupported)
                throw new IOException($"The object's metadata can't be written: {Marshal.GetPInvokeErrorMessage(errno)}.", errno);
        }
    }

    /// <summary>None for an object that was stored without, or by a version that kept none.</summary>
    public static unsafe ObjectMetadata Read(SafeFileHandle file)
    {
        var buffer = stackalloc byte[MaxBytes];
        var length = OperatingSystem.IsMacOS()
            ? GetOfMac(file, Attribute, buffer, MaxBytes, position: 0, options: 0)
            : Get(file, Attribute, buffer, MaxBytes);
        return length > 0 ? Parse(Encoding.ASCII.GetString(buffer, (int)length)) : ObjectMetadata.None;
    }

    private static IEnumerable<string> Lines(ObjectMetadata metadata)
    {
        if (metadata.ContentType is { } type)
            yield return $"content-type: {type}";
        if (metadata.CacheControl is { } caching)
            yield return $"cache-control: {caching}";
        foreach (var (name, value) in metadata.Custom)
            yield return $"{Own}{name}: {value}";
    }

    private static ObjectMetadata Parse(string text)
    {
        var lines = text.Split('\n').Select(line => line.Split(": ", 2)).Where(pair => pair.Length == 2).ToList();
        return new ObjectMetadata
        {
            ContentType = lines.Find(pair => pair[0] == "content-type")?[1],
            CacheControl = lines.Find(pair => pair[0] == "cache-control")?[1],
            Custom = lines
                .Where(pair => pair[0].StartsWith(Own, StringComparison.Ordinal))
                .ToDictionary(pair => pair[0][Own.Length..], pair => pair[1], StringComparer.Ordinal),
        };
    }

    // <sys/xattr.h> of Linux, then of macOS, which takes two arguments more
    [LibraryImport("libc", EntryPoint = "fsetxattr", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static unsafe partial int Set(SafeFileHandle file, string name, byte* value, nuint size, int flags);

    [LibraryImport("libc", EntryPoint = "fgetxattr", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static unsafe partial nint Get(SafeFileHandle file, string name, byte* value, nuint size);

    [LibraryImport("libc", EntryPoint = "fsetxattr", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static unsafe partial int SetOfMac(SafeFileHandle file, string name, byte* value, nuint size, uint position, int options);

    [LibraryImport("libc", EntryPoint = "fgetxattr", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static unsafe partial nint GetOfMac(SafeFileHandle file, string name, byte* value, nuint size, uint position, int options);
}
