using GoImg.Core.Storage;

namespace GoImg.Infrastructure.Storage;

/// <summary>The directory of a local store. A marker tells a store from the empty mount point of a disk that is not mounted,
/// which must never look like a store without objects.</summary>
internal sealed class LocalStoreRoot(string path)
{
    // Underscores occur in no object key.
    public const string Staging = "_staging";
    private const string Marker = "_goimg-objects";
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    private volatile bool _seen;

    public string Path => path;

    public string StagingPath => System.IO.Path.Combine(path, Staging);

    /// <summary>Opens the store, and makes it when it never was. The caller disposes the handle.</summary>
    /// <param name="mustExist">Objects are known to be in it: an empty place is not a new store but a missing disk.</param>
    public DirectoryHandle Open(bool mustExist = false)
    {
        if (DirectoryHandle.Open(path) is { } there)
        {
            if (there.Has(Marker))
            {
                _seen = true;
                return there;
            }

            there.Dispose();
        }

        if (_seen || mustExist)
            throw new ObjectStoreUnavailableException(
                $"The object store in {path} is gone: its marker {Marker} is missing. Mount its disk or restore it."
            );
        if (
            Directory.Exists(path)
            && Directory.EnumerateFileSystemEntries(path).Any(entry => System.IO.Path.GetFileName(entry) is not (Staging or "lost+found"))
        )
            throw new ObjectStoreUnavailableException(
                $"{path} holds files but is not an object store: its marker {Marker} is missing. Name an empty directory, or restore the marker."
            );
        return Make();
    }

    private DirectoryHandle Make()
    {
        Directory.CreateDirectory(path, OwnerOnly);
        File.SetUnixFileMode(path, OwnerOnly);
        Directory.CreateDirectory(StagingPath, OwnerOnly);
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
