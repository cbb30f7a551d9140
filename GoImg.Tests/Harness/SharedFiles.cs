namespace GoImg.Tests.Harness;

/// <summary>Files beside the checkout that are too many to keep in it; tests that need them are skipped where they are absent.</summary>
internal static class SharedFiles
{
    public static string Root { get; } = FindRoot();

    /// <summary>All files below <c>shared/<paramref name="folder"/></c>, in a stable order.</summary>
    public static IReadOnlyList<string> In(string folder)
    {
        var path = Path.Combine(Root, folder);
        Assert.SkipUnless(Directory.Exists(path), $"needs {folder} in the folder 'shared' beside the checkout");
        return [.. Directory.EnumerateFiles(path, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal)];
    }

    private static string FindRoot()
    {
        var directory = new DirectoryInfo(AppContext.BaseDirectory);
        while (directory is not null && !File.Exists(Path.Combine(directory.FullName, "GoImg.slnx")))
            directory = directory.Parent;

        return Path.Combine(directory?.Parent?.FullName ?? "/", "shared");
    }
}
