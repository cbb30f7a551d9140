using System.Security.Cryptography;
using GoImg.Core.Storage;
using GoImg.DurableFiles;

namespace GoImg.Infrastructure.Storage;

/// <summary>The directory of a local store. A marker tells a store from the empty mount point of a disk that is not mounted,
/// which must never look like a store without objects.</summary>
internal sealed class LocalStoreRoot(string path)
{
    // Underscores occur in no object key.
    private const string StagingName = "_staging";
    private const string Marker = "_goimg-objects";
    private const string Secret = "_signing-key";
    private const int SecretBytes = 32;

    private volatile bool _seen;

    public string Path => path;

    /// <summary>In the store, so that the last step of a write is a rename on one disk.</summary>
    public StagingArea Staging =>
        new(
            System.IO.Path.Combine(path, StagingName),
            isDurable: true,
            () =>
            {
                using var root = Open();
                return root.EnterOrMake(StagingName);
            }
        );

    /// <summary>Opens the store, and makes it when it never was. The caller disposes the handle.</summary>
    /// <param name="mustExist">Objects are known to be in it: an empty place is not a new store but a missing disk.</param>
    public DirectoryHandle Open(bool mustExist = false)
    {
        // Asked before the marker is looked for, and files before it is looked for again: someone else may be making the store,
        // whose marker comes before its first object.
        mustExist |= _seen;
        if (OpenMarked() is { } known)
            return known;
        if (mustExist)
            throw new ObjectStoreUnavailableException(
                $"The object store in {path} is gone: its marker {Marker} is missing. Mount its disk or restore it."
            );
        if (!HoldsFiles())
            return Make();
        return OpenMarked()
            ?? throw new ObjectStoreUnavailableException(
                $"{path} holds files but is not an object store: its marker {Marker} is missing. Name an empty directory, or restore the marker."
            );
    }

    /// <summary>The key of this store's signed addresses, made when it is first asked for. Other processes may ask at the same time: all get the same.</summary>
    public byte[] ReadOrMakeSecret()
    {
        using var root = Open();
        if (Read(root) is { } known)
            return known;

        using var staging = root.EnterOrMake(StagingName);
        var staged = Guid.CreateVersion7().ToString("n");
        WriteNew(System.IO.Path.Combine(Staging.Path, staged), RandomNumberGenerator.GetBytes(SecretBytes));
        // The first to come names the one key.
        if (root.TakeNew(staging, staged, Secret))
            root.Flush();
        else
            staging.Remove(staged);

        return Read(root) ?? throw new FileNotFoundException($"{Secret} of the object store in {path} went as it was read.");

        static byte[]? Read(DirectoryHandle root)
        {
            using var file = root.OpenFile(Secret);
            if (file is null)
                return null;
            var key = new byte[SecretBytes];
            return RandomAccess.Read(file, key, 0) == SecretBytes
                ? key
                : throw new IOException($"{Secret} is not whole. Remove it: a new one is made, and addresses signed by it are no longer valid.");
        }
    }

    private static void WriteNew(string file, ReadOnlySpan<byte> bytes)
    {
        using var stream = new FileStream(
            file,
            new FileStreamOptions
            {
                Mode = FileMode.CreateNew,
                Access = FileAccess.Write,
                UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
            }
        );
        stream.Write(bytes);
        stream.Flush();
        DiskFlush.File(stream.SafeFileHandle);
    }

    private DirectoryHandle? OpenMarked()
    {
        if (DirectoryHandle.Open(path) is not { } there)
            return null;
        if (there.Has(Marker))
        {
            _seen = true;
            return there;
        }

        there.Dispose();
        return null;
    }

    private bool HoldsFiles() =>
        Directory.Exists(path)
        && Directory.EnumerateFileSystemEntries(path).Any(entry => System.IO.Path.GetFileName(entry) is not (StagingName or "lost+found"));

    private DirectoryHandle Make()
    {
        Directory.CreateDirectory(path, StagingArea.OwnerOnly);
        File.SetUnixFileMode(path, StagingArea.OwnerOnly);
        Directory.CreateDirectory(Staging.Path, StagingArea.OwnerOnly);
        // last: a store is one when it is complete
        using (
            var marker = new FileStream(
                System.IO.Path.Combine(path, Marker),
                new FileStreamOptions
                {
                    Mode = FileMode.OpenOrCreate,
                    Access = FileAccess.Write,
                    UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
                }
            )
        )
        {
            marker.Write("This directory is a GoImg object store. Do not delete this file.\n"u8);
            marker.Flush();
            DiskFlush.File(marker.SafeFileHandle);
        }

        DirectoryHandle.Flush(path);
        DirectoryHandle.Flush(System.IO.Path.GetDirectoryName(path)!);
        _seen = true;
        return DirectoryHandle.Open(path) ?? throw new DirectoryNotFoundException($"{path} is not there.");
    }
}
