using GoImg.Core.Health;
using GoImg.Core.Scanning;
using GoImg.Infrastructure.Scanning;

namespace GoImg.Infrastructure.Health;

internal sealed class ScannerCheck(IMalwareScanner scanner, ClamAvLimit? limit = null) : IDependencyCheck
{
    public string Name => "scanner";

    public bool IsVital => false;

    public async Task<DependencyReport> CheckAsync(CancellationToken cancellationToken)
    {
        if (!scanner.IsOn)
            return new(Name, DependencyState.Degraded, "Off: uploads are published unscanned.", "Scanning:Kind is off.");

        using var nothing = new MemoryStream();
        await scanner.ScanAsync(nothing, cancellationToken);
        return limit?.Problem is { } problem
            ? new(Name, DependencyState.Degraded, "Does not take files as large as may be uploaded: they wait.", problem)
            : new(Name, DependencyState.Ok, "", $"clamd, {limit?.Finding ?? "its limit is not known yet"}");
    }
}
