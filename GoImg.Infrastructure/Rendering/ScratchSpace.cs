using GoImg.Core.Storage;

namespace GoImg.Infrastructure.Rendering;

/// <summary>A directory of this process for copies of what is worked on and files on their way into the store; what a killed one left behind is removed at the next start.</summary>
internal sealed class ScratchSpace : IScratchFiles, IDisposable
{
    private const string Prefix = "goimg-render-";
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
    private readonly string _root;

    public ScratchSpace(RenderOptions options)
    {
        var parent = options.ScratchPath.Length > 0 ? Path.GetFullPath(options.ScratchPath) : Path.GetTempPath();
        Directory.CreateDirectory(parent);
        RemoveLeftOvers(parent);
        _root = Path.Combine(parent, $"{Prefix}{Environment.ProcessId}-{Guid.CreateVersion7():N}");
        Directory.CreateDirectory(_root, OwnerOnly);
    }

    /// <summary>A new empty directory that is gone once disposed.</summary>
    public ScratchDirectory Create()
    {
        var path = Path.Combine(_root, Guid.CreateVersion7().ToString("N"));
        Directory.CreateDirectory(path, OwnerOnly);
        return new ScratchDirectory(path);
    }

    public Stream CreateFile() =>
        new FileStream(
            Path.Combine(_root, Guid.CreateVersion7().ToString("N")),
            new FileStreamOptions
            {
                Mode = FileMode.CreateNew,
                Access = FileAccess.ReadWrite,
                Share = FileShare.None,
                // Whoever reads brings a buffer.
                BufferSize = 0,
                Options = FileOptions.DeleteOnClose,
                UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
            }
        );

    public void Dispose() => Remove(_root);

    internal static void Remove(string path)
    {
        try
        {
            Directory.Delete(path, recursive: true);
        }
        catch (DirectoryNotFoundException)
        {
            // removed already
        }
        catch (IOException)
        {
            // a file is still being served; the next start removes it
        }
    }

    private static void RemoveLeftOvers(string parent)
    {
        foreach (var path in Directory.EnumerateDirectories(parent, Prefix + "*"))
        {
            var id = Path.GetFileName(path)[Prefix.Length..].Split('-')[0];
            if (!Directory.Exists("/proc/" + id))
                Remove(path);
        }
    }
}

internal sealed class ScratchDirectory(string path) : IAsyncDisposable
{
    public string PathOf(string name) => Path.Combine(path, name);

    public ValueTask DisposeAsync()
    {
        ScratchSpace.Remove(path);
        return ValueTask.CompletedTask;
    }
}
