using System.Runtime.CompilerServices;
using GoImg.Core.Shared;

namespace GoImg.Infrastructure.Configuration;

/// <summary>Rules for paths; null and empty are none, and fulfil them all.</summary>
internal static class PathRules
{
    /// <param name="takes">What the file holds, as in "a PKCS #12 file".</param>
    /// <param name="key">Named by the compiler after the property.</param>
    public static void FileExists(this OptionRules rules, string? path, string takes, [CallerArgumentExpression(nameof(path))] string key = "") =>
        rules.Holds(
            string.IsNullOrEmpty(path) || File.Exists(path),
            $"{rules.Section}:{key} is \"{path}\"; there is no such file. It takes {takes}."
        );

    /// <summary>A directory that is there or can be made.</summary>
    public static void MayBeDirectory(this OptionRules rules, string? path, [CallerArgumentExpression(nameof(path))] string key = "") =>
        rules.Holds(FileOnTheWay(path) is null, $"{rules.Section}:{key} is \"{path}\"; it must be a directory, and {FileOnTheWay(path)} is a file.");

    /// <summary>A file that is there or can be made.</summary>
    public static void MayBeFile(this OptionRules rules, string? path, [CallerArgumentExpression(nameof(path))] string key = "")
    {
        if (string.IsNullOrEmpty(path))
            return;
        var parent = Path.GetDirectoryName(Path.GetFullPath(path));
        rules.Holds(!Directory.Exists(path), $"{rules.Section}:{key} is \"{path}\"; it must be a file, and that is a directory.");
        rules.Holds(
            FileOnTheWay(parent) is null,
            $"{rules.Section}:{key} is \"{path}\"; it must lie in a directory, and {FileOnTheWay(parent)} is a file."
        );
    }

    /// <summary>The path or whatever lies above it, where that is a file; null when nothing is.</summary>
    private static string? FileOnTheWay(string? path)
    {
        for (var at = string.IsNullOrEmpty(path) ? null : Path.GetFullPath(path); at is not null; at = Path.GetDirectoryName(at))
        {
            if (File.Exists(at))
                return at;
        }

        return null;
    }
}
