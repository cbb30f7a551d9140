namespace GoImg.Bench;

/// <summary>Where things are.</summary>
internal static class Workspace
{
    public static string Repository { get; } = FindRepository();

    /// <summary>The server as it was published along with the benchmark.</summary>
    public static string Program { get; } = Path.GetFullPath((string)AppContext.GetData("GoImg.ProgramDirectory")!, AppContext.BaseDirectory);

    /// <summary>The libvips that GoImg brings; the C programs run on it as well, and sharp brings its own.</summary>
    public static string Libvips { get; } = Path.Combine(Program, "vips", "libvips.so.42");

    /// <summary>For what is kept from run to run: painted photos, the rivals' packages.</summary>
    public static string Cache { get; } = Directory.CreateDirectory(Path.Combine(Repository, "artifacts", "bench")).FullName;

    public static string Rivals { get; } = Path.Combine(Repository, "GoImg.Bench", "Rivals");

    private static string FindRepository()
    {
        var directory = new DirectoryInfo(AppContext.BaseDirectory);
        while (directory is not null && !File.Exists(Path.Combine(directory.FullName, "GoImg.slnx")))
            directory = directory.Parent;
        return directory?.FullName ?? throw new InvalidOperationException("The benchmark runs from a checkout.");
    }
}

/// <summary>A directory for one run, gone afterwards.</summary>
internal sealed class Scratch : IDisposable
{
    public string Path { get; } =
        Directory.CreateDirectory(System.IO.Path.Combine(Workspace.Cache, "run-" + Guid.CreateVersion7().ToString("N"))).FullName;

    public string this[string name] => System.IO.Path.Combine(Path, name);

    /// <summary>An empty directory in it.</summary>
    public string NewDirectory() => Directory.CreateDirectory(this[Guid.CreateVersion7().ToString("N")]).FullName;

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
