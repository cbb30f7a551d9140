using System.Runtime.InteropServices;

namespace GoImg.Infrastructure.Rendering;

/// <summary>What the kernel holds this process to. Linux only; elsewhere the parent's clock is all there is.</summary>
internal static partial class ProcessLimits
{
    private const string C = "libc";

    // asm-generic/resource.h
    private const int Cpu = 0;
    private const int FileSize = 1;
    private const int Data = 2;
    private const int Core = 4;
    private const int OpenFiles = 7;

    // linux/prctl.h
    private const int SetParentDeathSignal = 1;
    private const int SetNoNewPrivileges = 38;
    private const int Kill = 9;

    // linux/fcntl.h; what /proc/sys/fs/pipe-max-size allows everyone by default
    private const int SetPipeSize = 1031;
    private const int PipeBytes = 1 << 20;
    private const short PollHangUp = 0x10;

    // Orc, which libvips computes with, keeps its machine code in a temporary file of 64 KiB.
    private const ulong MaxFileBytes = 1 << 20;

    /// <summary>Once at start: no files to speak of, no core dump, no more rights, dead with the parent, never more than <paramref name="memory"/>.</summary>
    public static void Apply(long memory)
    {
        if (!OperatingSystem.IsLinux())
            return;

        Set(FileSize, MaxFileBytes, MaxFileBytes);
        Set(Core, 0, 0);
        Set(OpenFiles, 256, 256);
        Set(Data, (ulong)memory, (ulong)memory);
        _ = prctl(SetNoNewPrivileges, 1, 0, 0, 0);
        _ = prctl(SetParentDeathSignal, Kill, 0, 0, 0);
    }

    /// <summary>Lets a whole photo wait in the pipes, rather than wake both ends for every 64 KiB of it.</summary>
    public static void WidenPipes()
    {
        if (!OperatingSystem.IsLinux())
            return;

        _ = fcntl(0, SetPipeSize, PipeBytes);
        _ = fcntl(1, SetPipeSize, PipeBytes);
    }

    /// <summary>For the next image: private memory in all, and processor time from now on.</summary>
    public static void ApplyToImage(long memory, int cpuSeconds)
    {
        if (!OperatingSystem.IsLinux())
            return;

        var used = (ulong)Environment.CpuUsage.TotalTime.TotalSeconds;
        SetSoft(Data, (ulong)memory);
        SetSoft(Cpu, used + (ulong)cpuSeconds + 1);
    }

    /// <summary>Ends this process at once when nobody holds the other end of standard input any more, even within native code.</summary>
    public static void ExitWithParent()
    {
        if (!OperatingSystem.IsLinux())
            return;

        new Thread(WatchInput) { IsBackground = true, Name = "parent watch" }.Start();
    }

    private static void WatchInput()
    {
        var input = default(PollFd);
        do _ = poll(ref input, 1, -1);
        while ((input.Returned & PollHangUp) == 0);

        _exit(0);
    }

    private static void Set(int resource, ulong soft, ulong hard)
    {
        var limit = new Limit { Soft = soft, Hard = hard };
        _ = setrlimit(resource, ref limit);
    }

    private static void SetSoft(int resource, ulong soft)
    {
        var limit = default(Limit);
        if (getrlimit(resource, ref limit) == 0)
            Set(resource, Math.Min(soft, limit.Hard), limit.Hard);
    }

    [LibraryImport(C)]
    private static partial int setrlimit(int resource, ref Limit limit);

    [LibraryImport(C)]
    private static partial int getrlimit(int resource, ref Limit limit);

    [LibraryImport(C)]
    private static partial int prctl(int option, nuint a, nuint b, nuint c, nuint d);

    // variadic in C; Linux passes a third integer the same way
    [LibraryImport(C)]
    private static partial int fcntl(int descriptor, int command, nint value);

    [LibraryImport(C)]
    private static partial int poll(ref PollFd fds, nuint count, int timeout);

    [LibraryImport(C)]
    private static partial void _exit(int code);

    [StructLayout(LayoutKind.Sequential)]
    private struct Limit
    {
        public ulong Soft;
        public ulong Hard;
    }

    [StructLayout(LayoutKind.Sequential)]
    private struct PollFd
    {
        public int Descriptor;
        public short Events;
        public short Returned;
    }
}
