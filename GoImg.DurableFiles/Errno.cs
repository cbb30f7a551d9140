namespace GoImg.DurableFiles;

/// <summary>Numbers of <c>errno.h</c> that change what we do.</summary>
internal static class Errno
{
    public const int Missing = 2;
    public const int Interrupted = 4;
    public const int Exists = 17;
    public const int Invalid = 22;
    public const int NoSpace = 28;

    public static readonly int NoSystemCall = OperatingSystem.IsMacOS() ? 78 : 38;

    public static readonly int NotSupported = OperatingSystem.IsMacOS() ? 45 : 95;

    public static readonly int OverQuota = OperatingSystem.IsMacOS() ? 69 : 122;
}
