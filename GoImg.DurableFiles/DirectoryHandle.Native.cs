using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace GoImg.DurableFiles;

/// <content>The system calls. open and openat are declared without their third, variadic argument, which only creation reads.</content>
internal sealed partial class DirectoryHandle
{
    // A file that was replaced after we opened it has no name left, and is as good as one with one name.
    private static unsafe bool IsPlainFile(SafeFileHandle file)
    {
        if (!OperatingSystem.IsLinux())
            return true;
        // struct statx of <linux/stat.h>, the same on every architecture: stx_nlink at 16, stx_mode at 28, 256 bytes
        var status = stackalloc byte[256];
        if (StatX(file, "", Flag.EmptyPath, mask: 0x7, status) != 0)
            throw Failed("statx");
        var links = *(uint*)(status + 16);
        var type = *(ushort*)(status + 28) & 0xF000;
        return type == 0x8000 && links <= 1;
    }

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial SafeFileHandle OpenPath(string path, int flags);

    [LibraryImport("libc", EntryPoint = "openat", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial SafeFileHandle OpenAt(SafeFileHandle directory, string name, int flags);

    [LibraryImport("libc", EntryPoint = "mkdirat", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int MakeDirectoryAt(SafeFileHandle directory, string name, uint mode);

    [LibraryImport("libc", EntryPoint = "renameat", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int RenameAt(SafeFileHandle from, string name, SafeFileHandle to, string newName);

    private static int RenameExclusive(SafeFileHandle from, string name, SafeFileHandle to, string newName) =>
        OperatingSystem.IsMacOS()
            ? RenameAtX(from, name, to, newName, Flag.MacRenameExclusive)
            : RenameAt2(from, name, to, newName, Flag.RenameNoReplace);

    [LibraryImport("libc", EntryPoint = "renameat2", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int RenameAt2(SafeFileHandle from, string name, SafeFileHandle to, string newName, uint flags);

    [LibraryImport("libc", EntryPoint = "renameatx_np", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int RenameAtX(SafeFileHandle from, string name, SafeFileHandle to, string newName, uint flags);

    [LibraryImport("libc", EntryPoint = "linkat", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int LinkAt(SafeFileHandle from, string name, SafeFileHandle to, string newName, int flags);

    [LibraryImport("libc", EntryPoint = "unlinkat", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int UnlinkAt(SafeFileHandle directory, string name, int flags);

    [LibraryImport("libc", EntryPoint = "statx", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static unsafe partial int StatX(SafeFileHandle directory, string name, int flags, uint mask, byte* status);

    // <fcntl.h>: macOS, then Linux on x86-64, then Linux on Arm, which swaps two of them
    private static class Flag
    {
        private static readonly bool Mac = OperatingSystem.IsMacOS();
        private static readonly bool Arm = RuntimeInformation.ProcessArchitecture is Architecture.Arm64 or Architecture.Arm;

        public static readonly int CloseOnExec = Mac ? 0x1000000 : 0x80000;
        public static readonly int NonBlocking = Mac ? 0x4 : 0x800;
        public static readonly int Directory =
            Mac ? 0x100000
            : Arm ? 0x4000
            : 0x10000;
        public static readonly int NoFollow =
            Mac ? 0x100
            : Arm ? 0x8000
            : 0x20000;
        public static readonly int RemoveDirectory = Mac ? 0x80 : 0x200;
        public const int EmptyPath = 0x1000;

        // <linux/fs.h> and <sys/stdio.h>
        public const uint RenameNoReplace = 0x1;
        public const uint MacRenameExclusive = 0x4;
    }
}
