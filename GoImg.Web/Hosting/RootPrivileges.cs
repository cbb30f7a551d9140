using System.Diagnostics;
using System.Globalization;
using GoImg.Infrastructure.Configuration;
using GoImg.Infrastructure.Privileges;
using GoImg.Infrastructure.Storage;

namespace GoImg.Web.Hosting;

/// <summary>A server that root starts goes on as an ordinary account (<see cref="NodeOptions.RunAs"/>), before it opens or listens to anything.</summary>
internal static class RootPrivileges
{
    private const string UsualAccount = "goimg";

    /// <summary>Answers why the process stays root, for the operator; null when it is not, or is no more. Throws <see cref="BadSettingException"/> when
    /// an account is named that it can't go on as.</summary>
    public static string? Drop(IConfiguration configuration)
    {
        var (account, directories, why) = Choose(configuration);
        if (account is null)
            return why;

        foreach (var missing in directories.Where(directory => !Directory.Exists(directory)))
        {
            Directory.CreateDirectory(missing);
            account.Own(missing);
        }

        account.Become();
        return null;
    }

    /// <summary>What <see cref="Drop"/> would answer; changes nothing.</summary>
    public static string? WhyKept(IConfiguration configuration) => Choose(configuration).WhyKept;

    private static (UnprivilegedAccount? Account, IReadOnlyList<string> Directories, string? WhyKept) Choose(IConfiguration configuration)
    {
        if (!UnprivilegedAccount.IsRootsProcess)
            return (null, [], null);

        var named = configuration.Read<NodeOptions>().RunAs is { Length: > 0 } name ? name : null;
        var account = UnprivilegedAccount.Find(named ?? UsualAccount);
        string[] directories =
        [
            Path.GetFullPath(configuration.Read<DataOptions>().Directory),
            .. configuration.Read<StorageOptions>().Path is { Length: > 0 } path ? [Path.GetFullPath(path)] : Array.Empty<string>(),
        ];
        return Obstacle(account, named, directories) is not { } obstacle ? (account, directories, null)
            : named is null ? (null, [], obstacle)
            : throw new BadSettingException($"Node:RunAs is {named}: {obstacle}");
    }

    private static string? Obstacle(UnprivilegedAccount? account, string? named, IReadOnlyList<string> directories)
    {
        if (account is null)
            return named is null
                ? $"there is no account {UsualAccount} (useradd --system {UsualAccount}), and Node:RunAs names none."
                : "there is no such account, or it is root.";
        if (directories.FirstOrDefault(directory => Directory.Exists(directory) && OwnerOf(directory) != account.UserId) is { } foreign)
            return $"{foreign} belongs to somebody else; give it to the account with chown -R {account.Name} {foreign}.";
        // The program itself, and the way to the data. Whoever may search a directory as anyone may as this account.
        return directories.Append(AppContext.BaseDirectory).Select(ClosedAncestor).OfType<string>().FirstOrDefault() is { } closed
            ? $"{closed} is closed to other accounts; the program and Data:Path have to lie where {account.Name} may go."
            : null;
    }

    private static string? ClosedAncestor(string path)
    {
        if (!OperatingSystem.IsLinux())
            return null;
        for (var directory = new DirectoryInfo(path).Parent; directory is not null; directory = directory.Parent)
            if (directory.Exists && !File.GetUnixFileMode(directory.FullName).HasFlag(UnixFileMode.OtherExecute))
                return directory.FullName;
        return null;
    }

    private static uint? OwnerOf(string path)
    {
        using var stat = Process.Start(new ProcessStartInfo("stat", ["-c", "%u", path]) { RedirectStandardOutput = true })!;
        var owner = stat.StandardOutput.ReadToEnd().Trim();
        stat.WaitForExit();
        return uint.TryParse(owner, CultureInfo.InvariantCulture, out var id) ? id : null;
    }
}
