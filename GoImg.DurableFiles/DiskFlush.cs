using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace GoImg.DurableFiles;

/// <summary>fsync that says when it failed: FileStream.Flush(true) and RandomAccess.FlushToDisk ignore even EIO (seen with .NET 10).</summary>
internal static partial class DiskFlush
{
    // <fcntl.h> of macOS: its fsync leaves the bytes in the disk's own memory
    private const int FullFlush = 51;

    public static void File(SafeFileHandle file)
    {
        if (!TryFlush(file))
            throw Failed();
    }

    /// <summary>Makes the names in a directory durable. Some network file systems cannot, and say so with EINVAL.</summary>
    public static void Directory(SafeFileHandle directory)
    {
        if (!TryFlush(directory) && Marshal.GetLastPInvokeError() != Errno.Invalid)
            throw Failed();
    }

    private static bool TryFlush(SafeFileHandle handle)
    {
        while (true)
        {
            if ((OperatingSystem.IsMacOS() ? ControlFile(handle, FullFlush) : SyncFile(handle)) >= 0)
                return true;
            if (Marshal.GetLastPInvokeError() != Errno.Interrupted)
                return false;
        }
    }

    private static IOException Failed() =>
        new($"The disk did not take the bytes: {Marshal.GetLastPInvokeErrorMessage()}.", Marshal.GetLastPInvokeError());

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    private static partial int SyncFile(SafeFileHandle handle);

    [LibraryImport("libc", EntryPoint = "fcntl", SetLastError = true)]
    private static partial int ControlFile(SafeFileHandle handle, int command);
}
