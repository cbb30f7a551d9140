using System.Globalization;
using System.Runtime.InteropServices;

namespace GoImg.Infrastructure.Privileges;

/// <summary>An account of this machine that a process started by root goes on as. Linux alone.</summary>
public sealed partial record UnprivilegedAccount(string Name, uint UserId, uint GroupId)
{
    private const string Accounts = "/etc/passwd";

    /// <summary>This process is root's. Not the framework's <see cref="Environment.IsPrivilegedProcess"/>, which remembers its first answer: asked here, it
    /// would be wrong ever after for all who ask it.</summary>
    public static bool IsRootsProcess => OperatingSystem.IsLinux() && geteuid() == 0;

    /// <summary>Null when there is none of that name, or it is root by another name.</summary>
    public static UnprivilegedAccount? Find(string name) => File.Exists(Accounts) ? Parse(File.ReadLines(Accounts), name) : null;

    /// <summary>This process becomes the account, in all its threads, with none of root's capabilities, and there is no way back.</summary>
    public void Become()
    {
        Call(initgroups(Name, GroupId), nameof(initgroups));
        Call(setgid(GroupId), nameof(setgid));
        Call(setuid(UserId), nameof(setuid));
        if (Environment.IsPrivilegedProcess)
            throw new InvalidOperationException("Somebody asked whether this is root's process before it ceased to be.");
    }

    /// <summary>Gives the account a directory that root made for it.</summary>
    public void Own(string directory) => Call(chown(directory, UserId, GroupId), nameof(chown));

    internal static UnprivilegedAccount? Parse(IEnumerable<string> lines, string name)
    {
        // passwd(5): name, password, user, group, …
        foreach (var fields in lines.Select(line => line.Split(':')).Where(fields => fields.Length > 3 && fields[0] == name))
            if (TryParse(fields[2], out var user) && TryParse(fields[3], out var group) && user != 0)
                return new(name, user, group);
        return null;

        static bool TryParse(string text, out uint id) => uint.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out id);
    }

    private static void Call(int result, string name)
    {
        if (result != 0)
            throw new InvalidOperationException($"{name} failed: {Marshal.GetLastPInvokeErrorMessage()}");
    }

    [LibraryImport("libc")]
    private static partial uint geteuid();

    [LibraryImport("libc", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int initgroups(string user, uint group);

    // Those of the C library change every thread of the process, where the system calls change one.
    [LibraryImport("libc", SetLastError = true)]
    private static partial int setgid(uint group);

    [LibraryImport("libc", SetLastError = true)]
    private static partial int setuid(uint user);

    [LibraryImport("libc", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int chown(string path, uint user, uint group);
}
