using GoImg.Core.Rendering;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace GoImg.Infrastructure.Health;

internal sealed class RendererCheck(IRendererStatus renderer) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var status = await renderer.DescribeAsync(cancellationToken);
        var detail =
            $"libvips {status.LibraryVersion}, isolation {status.Isolation}, decodes {string.Join(", ", status.Formats.Select(f => f.Extension()))}. "
            + $"Now {status.Running} of {status.MaxWorkers} renders and {status.MemoryInUseBytes >> 20} of {status.MemoryBytes >> 20} MiB. "
            + $"{MissingOf(status.Isolation)}{UnlimitedOf(status)}";
        detail = detail.Trim();
        return status.Isolation == RenderIsolation.None
            ? HealthResponses.Degraded("Renders with limits on memory and time only, without isolation.", detail)
            : HealthResponses.Ok(detail);
    }

    /// <summary>What a render process could still do if a file took it over.</summary>
    private static string MissingOf(RenderIsolation isolation) =>
        isolation switch
        {
            RenderIsolation.Sandbox => "",
            RenderIsolation.Namespaces => "Without bubblewrap a render process can read what this account can read. ",
            _ => "Without bubblewrap and unshare a render process can read what this account can read, and reach the network. ",
        };

    private static string UnlimitedOf(RendererStatus status) =>
        status.MaxProcesses > 0
            ? ""
            : "A render process can start as many processes and threads as this account: that is limited with bubblewrap or unshare, Linux 5.14 and prlimit, and for root with setpriv. ";
}
