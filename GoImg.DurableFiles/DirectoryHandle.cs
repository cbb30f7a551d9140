using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace GoImg.DurableFiles;

/// <summary>An open directory. Everything is done by single names relative to it and no link is ever followed, so no planted link
/// can lead out of the store, whenever it is planted. Failures are <see cref="IOException"/>s whose HResult is the errno.</summary>
internal sealed partial class DirectoryHandle : IDisposable
{
    private const uint OwnerOnly = 0b111_000_000;

    private readonly SafeFileHandle _handle;
    private readonly string _path;

    private DirectoryHandle(SafeFileHandle handle, string path) => (_handle, _path) = (handle, path);

    /// <summary>Opens the directory an operator named, which may be a link; null when it is not there.</summary>
    public static DirectoryHandle? Open(string path) => From(OpenPath(path, Flag.Directory | Flag.CloseOnExec), path);

    /// <summary>Makes the names in a directory durable: without it a renamed file may be gone after a power cut.</summary>
    public static void Flush(string path)
    {
        using var directory = Open(path) ?? throw new DirectoryNotFoundException($"{path} is not there.");
        directory.Flush();
    }

    public void Flush() => DiskFlush.Directory(_handle);

    /// <summary>A directory in this one; null when it is not there.</summary>
    public DirectoryHandle? Enter(string name) =>
        From(OpenAt(_handle, name, Flag.Directory | Flag.NoFollow | Flag.CloseOnExec), Path.Combine(_path, name));

    /// <summary>A directory in this one, made and made durable when it is not there.</summary>
    public DirectoryHandle EnterOrMake(string name)
    {
        if (Enter(name) is { } there)
            return there;
        if (MakeDirectoryAt(_handle, name, OwnerOnly) != 0 && Marshal.GetLastPInvokeError() != Errno.Exists)
            throw Missing() ? new VanishedException(_path) : Failure(name);
        // also when another writer was first: it may not have come to its own flush yet
        Flush();
        return Enter(name) ?? throw new VanishedException(Path.Combine(_path, name));
    }

    /// <summary>A regular file with this one name, for reading; null when it is not there.</summary>
    public SafeFileHandle? OpenFile(string name)
    {
        // NonBlocking: opening a planted pipe would wait for its writer
        var file = OpenAt(_handle, name, Flag.NoFollow | Flag.CloseOnExec | Flag.NonBlocking);
        if (file.IsInvalid)
            return Missing() ? null : throw Failure(name);
        if (IsPlainFile(file))
            return file;
        file.Dispose();
        throw new IOException($"{Path.Combine(_path, name)} is not a plain file with one name; it was not put there by GoImg.");
    }

    public bool Has(string name)
    {
        using var file = OpenAt(_handle, name, Flag.NoFollow | Flag.CloseOnExec | Flag.NonBlocking);
        return !file.IsInvalid || (Missing() ? false : throw Failure(name));
    }

    /// <summary>Moves a file here under a new name, in one step, replacing what has that name.</summary>
    public void Take(DirectoryHandle from, string name, string newName)
    {
        if (RenameAt(from._handle, name, _handle, newName) == 0)
            return;
        throw Missing() && from.Has(name) ? new VanishedException(_path) : Failure(newName);
    }

    /// <summary>Moves a file here in one step; false, and nothing is done, when something has the new name already.
    /// <see cref="File.Move(string, string, bool)"/> looks first and then renames, so of two at once the second replaces the first.</summary>
    public bool TakeNew(DirectoryHandle from, string name, string newName)
    {
        var renamed = RenameExclusive(from._handle, name, _handle, newName) == 0;
        if (!renamed && (Marshal.GetLastPInvokeError() == Errno.Invalid || Marshal.GetLastPInvokeError() == Errno.NoSystemCall))
        {
            // The file system can't (NFS): for a moment the file has both names.
            renamed = LinkAt(from._handle, name, _handle, newName, 0) == 0;
            if (renamed)
                from.Remove(name);
        }

        return renamed || (Marshal.GetLastPInvokeError() == Errno.Exists ? false : throw Failure(newName));
    }

    /// <summary>Removes a name (of a link: the link, not what it names); false when it was not there.</summary>
    public bool Remove(string name) => UnlinkAt(_handle, name, 0) == 0 || (Missing() ? false : throw Failure(name));

    /// <summary>Removes a directory in this one if it is empty.</summary>
    public void RemoveEmpty(string name) => _ = UnlinkAt(_handle, name, Flag.RemoveDirectory);

    public void Dispose() => _handle.Dispose();

    private static DirectoryHandle? From(SafeFileHandle handle, string path)
    {
        if (!handle.IsInvalid)
            return new DirectoryHandle(handle, path);
        return Missing() ? null : throw Failed(path);
    }

    // Names are whole words of a path, so "not there" can only mean that.
    private static bool Missing() => Marshal.GetLastPInvokeError() == Errno.Missing;

    private IOException Failure(string name) => Failed(Path.Combine(_path, name));

    private static IOException Failed(string path)
    {
        var errno = Marshal.GetLastPInvokeError();
        return new IOException($"{path}: {Marshal.GetPInvokeErrorMessage(errno)}.", errno);
    }
}

/// <summary>A directory was removed between two steps because it had become empty; the steps can be done again.</summary>
internal sealed class VanishedException(string path) : IOException($"{path} was removed meanwhile.");
