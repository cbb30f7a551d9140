using GoImg.Core.Rendering;
using Microsoft.Extensions.Hosting;

namespace GoImg.Infrastructure.Rendering;

/// <summary>Has a render process ready before the first upload, and the log say whether HEIC is on. Without one the host works on: its images wait.</summary>
internal sealed class RendererWarmUp(IRendererStatus renderer, HeicDecoding heic) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await renderer.DescribeAsync(stoppingToken);
            await heic.DescribeAsync(stoppingToken);
        }
        catch (Exception)
        {
            // Whatever it is (a full disk for one, or the end of a host that is told to stop while it starts), it must not stop the host: it was logged
            // where it was found, and every render tries again.
        }
    }
}
