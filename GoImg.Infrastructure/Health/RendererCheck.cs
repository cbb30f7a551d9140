using GoImg.Core.Health;
using GoImg.Core.Rendering;

namespace GoImg.Infrastructure.Health;

internal sealed class RendererCheck(IRendererStatus renderer) : IDependencyCheck
{
    public string Name => "renderer";

    public bool IsVital => false;

    public async Task<DependencyReport> CheckAsync(CancellationToken cancellationToken)
    {
        var status = await renderer.DescribeAsync(cancellationToken);
        var detail = $"libvips {status.LibraryVersion}, isolation {status.Isolation}, {status.MaxWorkers} at once, decodes {string.Join(", ", status.Formats)}";
        return status.Isolation == RenderIsolation.None
            ? new(Name, DependencyState.Degraded, "Renders with limits on memory and time only, without isolation.", detail)
            : new(Name, DependencyState.Ok, "", detail);
    }
}
