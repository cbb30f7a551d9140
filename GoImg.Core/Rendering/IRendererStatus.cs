namespace GoImg.Core.Rendering;

/// <summary>What the renderer is and how it is locked in, for operators.</summary>
public interface IRendererStatus
{
    /// <summary>Starts a render process if none runs. Throws <see cref="RendererUnavailableException"/> when that fails.</summary>
    Task<RendererStatus> DescribeAsync(CancellationToken cancellationToken);
}

/// <param name="Isolation">What holds a render process in.</param>
/// <param name="LibraryVersion">Of libvips, as in <c>8.14.1</c>.</param>
/// <param name="Formats">What it can decode; a format GoImg accepts and that is missing here fails when it is rendered.</param>
/// <param name="MaxWorkers">How many images are rendered at once at most.</param>
/// <param name="MemoryBytes">How much memory they may need together.</param>
public sealed record RendererStatus(RenderIsolation Isolation, string LibraryVersion, IReadOnlyList<ImageFormat> Formats, int MaxWorkers, long MemoryBytes);

/// <summary>Limits on memory, processor time, files and wall clock hold in every mode.</summary>
public enum RenderIsolation
{
    /// <summary>Limits only: the process sees the network and what its user may read.</summary>
    None,

    /// <summary>Own network and process namespace without any device (unshare).</summary>
    Namespaces,

    /// <summary>No network, its own program and the system's libraries read-only, nothing else (bubblewrap).</summary>
    Sandbox,
}
