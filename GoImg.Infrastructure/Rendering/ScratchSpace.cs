using GoImg.Core.Storage;
using GoImg.Infrastructure.Configuration;

namespace GoImg.Infrastructure.Rendering;

/// <summary>A directory of this process for copies of what is worked on and files on their way into the store; what a killed one left behind is removed at the next start.</summary>
internal sealed class ScratchSpace : IScratchFiles, IDisposable
{
    private const string Prefix = "goimg-render-";
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
    private readonly string _root;

    /// <summary>Throws <see cref="BadSettingException"/> when nothing can be written where it is to be.</summary>
    public ScratchSpace(RenderOptions options)
    {
        var parent = options.ScratchPath.Length > 0 ? Path.GetFullPath(options.ScratchPath) : Path.GetTempPath();
        _root = Path.Combine(parent, $"{Prefix}{Environment.ProcessId}-{Guid.CreateVersion7():N}");
        try
        {
            Directory.CreateDirectory(parent);
            RemoveLeftOvers(parent);
            Directory.CreateDirectory(_root, OwnerOnly);
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            throw new BadSettingException(
                $"{parent} can't be written to, and images are worked on in it: {refused.Message} Make it writable, or name another directory with Rendering:ScratchPath.",
                refused
            );
        }
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
