using GoImg.Core.Scanning;
using GoImg.Infrastructure.Scanning;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace GoImg.Infrastructure.Health;

internal sealed class ScannerCheck(IMalwareScanner scanner, ScanDepthProbe? probe = null) : IHealthCheck
{
    // less than a whole check has
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(4);

    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        if (!scanner.IsOn)
            return HealthResponses.Off("Off: uploads are published unscanned.", "Scanning:Kind is off.");

        using var nothing = new MemoryStream();
        await scanner.ScanAsync(nothing, cancellationToken);
        var finding = probe is null ? null : await FindAsync(probe, cancellationToken);
        return finding is { Note: { } note, Problem: { } problem }
            ? HealthResponses.Degraded(note, problem)
            : HealthResponses.Ok($"clamd, {finding?.Text ?? "its limits are not known yet"}");
    }

    /// <summary>Known soon after the start, and asked for where nothing was started (<c>goimg doctor</c>); null when that takes long.</summary>
    private static async Task<ScanDepthFinding?> FindAsync(ScanDepthProbe probe, CancellationToken cancellationToken)
    {
        try
        {
            return probe.Finding ?? await probe.FindAsync(cancellationToken).WaitAsync(Patience, cancellationToken);
        }
        catch (TimeoutException)
        {
            return null;
        }
    }
}
