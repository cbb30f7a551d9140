using GoImg.Core.Rendering;
using Microsoft.Extensions.Hosting;

namespace GoImg.Infrastructure.Rendering;

/// <summary>Has a render process ready before the first upload. Without one the host works on: its images wait.</summary>
internal sealed class RendererWarmUp(IRendererStatus renderer) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await renderer.DescribeAsync(stoppingToken);
        }
        catch (RendererUnavailableException)
        {
            // logged where it was found; every render tries anew
        }
    }
}
