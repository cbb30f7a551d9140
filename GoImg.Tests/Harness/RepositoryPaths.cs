namespace GoImg.Tests.Harness;

/// <summary>Where things lie, found upwards from the test's own folder.</summary>
public static class RepositoryPaths
{
    public static string Root { get; } = FindRoot(AppContext.BaseDirectory);

    public static string Web => Path.Combine(Root, "GoImg.Web");

    /// <summary>The server as it was published along with these tests.</summary>
    public static string Program { get; } = Path.GetFullPath((string)AppContext.GetData("GoImg.ProgramDirectory")!, AppContext.BaseDirectory);

    /// <summary>Odd and real pictures that stand beside a founder's checkout; a stranger's clone has none.</summary>
    public static string Shared => Path.GetFullPath(Path.Combine(Root, "..", "shared"));

    /// <summary>The files of a shared folder; the test is reported as skipped where it is absent.</summary>
    public static string[] SharedFiles(string folder, string pattern = "*")
    {
        var path = Path.Combine(Shared, folder);
        Assert.SkipUnless(Directory.Exists(path), $"{folder} is not beside this checkout.");
        return Directory.GetFiles(path, pattern, SearchOption.AllDirectories).Order(StringComparer.Ordinal).ToArray();
    }

    private static string FindRoot(string from) =>
        File.Exists(Path.Combine(from, "GoImg.slnx"))
            ? from
            : FindRoot(Path.GetDirectoryName(from.TrimEnd('/')) ?? throw new InvalidOperationException("Not inside the checkout."));
}
