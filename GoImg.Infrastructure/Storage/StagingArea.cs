using GoImg.DurableFiles;

namespace GoImg.Infrastructure.Storage;

/// <summary>A directory of this machine for bytes that have no name yet. Entered as a handle, so that no planted link leads out of it.</summary>
/// <param name="path">Where it is.</param>
/// <param name="isDurable">What is staged becomes the object itself, and is flushed to the disk before it counts.</param>
/// <param name="open">Opens it, and makes it when it is not there. The caller disposes the handle.</param>
internal sealed class StagingArea(string path, bool isDurable, Func<DirectoryHandle> open)
{
    public const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    public string Path => path;

    public bool IsDurable => isDurable;

    /// <summary>For a store that is elsewhere: its objects are durable when they are there, not here.</summary>
    public static StagingArea OfNode(string path) =>
        new(
            path,
            isDurable: false,
            () =>
            {
                Directory.CreateDirectory(path, OwnerOnly);
                return DirectoryHandle.Open(path) ?? throw new DirectoryNotFoundException($"{path} is not there.");
            }
        );

    public DirectoryHandle Open() => open();

    /// <summary>Removes what is staged if it can: a leftover is swept later, and the reason we are here matters more.</summary>
    public void Remove(string name)
    {
        try
        {
            File.Delete(System.IO.Path.Combine(path, name));
        }
        catch (Exception e) when (StorageExceptions.IsFault(e)) { }
    }

    /// <summary>Removes what was written last before <paramref name="oldest"/>; returns how many.</summary>
    public int Sweep(DateTimeOffset oldest, CancellationToken cancellationToken)
    {
        using var staging = Open();
        var swept = 0;
        foreach (var file in new DirectoryInfo(path).EnumerateFiles())
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (new DateTimeOffset(file.LastWriteTimeUtc) < oldest && staging.Remove(file.Name))
                swept++;
        }

        return swept;
    }
}
