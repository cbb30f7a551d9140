using GoImg.Core.Rendering;
using GoImg.Core.Shared;

namespace GoImg.Infrastructure.Rendering;

/// <summary>Of a node that leaves rendering to others: no process is started, and no libvips is needed.</summary>
internal sealed class NoRenderer : IImageRenderer
{
    public bool IsHere => false;

    public Task<Result<RenderedImage>> RenderAsync(Stream source, ImageHeader header, CancellationToken cancellationToken) => throw Elsewhere();

    public Task<Result<RenderedImage>> RenderFullSizeAsync(Stream source, ImageHeader header, CancellationToken cancellationToken) =>
        throw Elsewhere();

    public Task<Result<Stream>> TranscodeToJpegAsync(Stream webp, CancellationToken cancellationToken) => throw Elsewhere();

    private static RendererUnavailableException Elsewhere() =>
        new("This node renders nothing, because its Node:Role is web. A node whose Node:Role is worker or all does.");
}
