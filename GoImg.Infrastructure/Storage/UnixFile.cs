using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace GoImg.Infrastructure.Storage;

/// <summary>What durable files need and the class library does not offer.</summary>
internal static partial class UnixFile
{
    // <fcntl.h>; the values are those of the architecture, not of POSIX
    private static readonly int CloseOnExec = OperatingSystem.IsMacOS() ? 0x1000000 : 0x80000;

    /// <summary>Makes the names in a directory durable: without it a renamed file may be gone after a power cut.</summary>
    public static void FlushDirectory(string path)
    {
        using var handle = Open(path, CloseOnExec, 0);
        if (handle.IsInvalid) throw new IOException($"Cannot open the directory {path}: {Marshal.GetLastPInvokeErrorMessage()}.", Marshal.GetLastPInvokeError());
        RandomAccess.FlushToDisk(handle);
    }

    // open() is variadic; on the calling conventions .NET runs on, three plain arguments are passed alike.
    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial SafeFileHandle Open(string path, int flags, int mode);
}
