using GoImg.Core.Shared;

namespace GoImg.Core.Rendering;

/// <summary>Makes renditions outside this process: a stranger's bytes never meet native code in here.</summary>
public interface IImageRenderer
{
    /// <summary>False on a node that leaves rendering to others: then nothing can be rendered here, now or later.</summary>
    bool IsHere => true;

    /// <summary>All renditions, placeholder, colour and hash of one image. <paramref name="source"/> is seekable and stays open.
    /// A damaged file, a crash or a breach of limits is an error of <see cref="ImageFileErrors"/>;
    /// <see cref="RendererUnavailableException"/> means that no image could be rendered now. The caller disposes the result.</summary>
    Task<Result<RenderedImage>> RenderAsync(Stream source, ImageHeader header, CancellationToken cancellationToken);

    /// <summary>The <see cref="FullSize"/> of one image, as the only file of the result. Errors and exceptions as above; the caller disposes the result.</summary>
    Task<Result<RenderedImage>> RenderFullSizeAsync(Stream source, ImageHeader header, CancellationToken cancellationToken);

    /// <summary>One of our own WebP renditions as JPEG, for a client that takes no WebP; alpha becomes white, of an animation the first frame.
    /// <paramref name="webp"/> is seekable and stays open. Errors and exceptions as above; the caller disposes the stream.</summary>
    Task<Result<Stream>> TranscodeToJpegAsync(Stream webp, CancellationToken cancellationToken);
}

/// <summary>A finished render; its files live in scratch space until it is disposed.</summary>
public sealed class RenderedImage(IAsyncDisposable scratch) : IAsyncDisposable
{
    /// <summary>Size of the upright original.</summary>
    public required int WidthPx { get; init; }

    public required int HeightPx { get; init; }

    /// <summary><c>#rrggbb</c>.</summary>
    public required string DominantColor { get; init; }

    /// <summary>A tiny WebP to inline in pages, at most 400 bytes.</summary>
    public required byte[] Placeholder { get; init; }

    /// <summary>64-bit difference hash of the upright picture; near pictures differ in few bits.</summary>
    public required long PerceptualHash { get; init; }

    public required IReadOnlyList<RenderedFile> Files { get; init; }

    /// <summary>Name and version of what decoded, scaled and encoded it, as in <c>libvips 8.18.7</c>.</summary>
    public string Library { get; init; } = "";

    public ValueTask DisposeAsync() => scratch.DisposeAsync();
}

/// <summary>One rendition as a WebP file in scratch space.</summary>
public sealed record RenderedFile(Rendition Rendition, int WidthPx, int HeightPx, long LengthBytes, Func<Stream> OpenRead);

/// <summary>The renderer itself is broken or missing; the image is not to blame and its job waits.</summary>
public sealed class RendererUnavailableException(string message, Exception? inner = null) : Exception(message, inner);
