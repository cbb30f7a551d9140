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
public sealed record RendererStatus(RenderIsolation Isolation, string LibraryVersion, IReadOnlyList<ImageFormat> Formats)
{
    /// <summary>Processes and threads one render process may have; 0 where that can't be limited.</summary>
    public required int MaxProcesses { get; init; }

    /// <summary>How many images are rendered at once at most.</summary>
    public required int MaxWorkers { get; init; }

    /// <summary>How many are being rendered now, copies as JPEG among them.</summary>
    public required int Running { get; init; }

    /// <summary>How much memory they may need together.</summary>
    public required long MemoryBytes { get; init; }

    /// <summary>How much those of now may need, as estimated before.</summary>
    public required long MemoryInUseBytes { get; init; }
}

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
