using GoImg.Core.Scanning;
using GoImg.Infrastructure.Scanning;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace GoImg.Infrastructure.Health;

internal sealed class ScannerCheck(IMalwareScanner scanner, ClamAvLimit? limit = null) : IHealthCheck
{
    // less than a whole check has
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(4);

    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        if (!scanner.IsOn)
            return HealthAnswers.Degraded("Off: uploads are published unscanned.", "Scanning:Kind is off.");

        using var nothing = new MemoryStream();
        await scanner.ScanAsync(nothing, cancellationToken);
        var finding = limit is null ? null : await FindAsync(limit, cancellationToken);
        return finding is { Note: { } note, Problem: { } problem }
            ? HealthAnswers.Degraded(note, problem)
            : HealthAnswers.Ok($"clamd, {finding?.Text ?? "its limits are not known yet"}");
    }

    /// <summary>Known soon after the start, and asked for where nothing was started (<c>goimg doctor</c>); null when that takes long.</summary>
    private static async Task<ClamAvFinding?> FindAsync(ClamAvLimit limit, CancellationToken cancellationToken)
    {
        try
        {
            return limit.Finding ?? await limit.FindAsync(cancellationToken).WaitAsync(Patience, cancellationToken);
        }
        catch (TimeoutException)
        {
            return null;
        }
    }
}
