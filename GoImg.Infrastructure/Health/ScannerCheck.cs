using GoImg.Core.Health;
using GoImg.Core.Scanning;

namespace GoImg.Infrastructure.Health;

internal sealed class ScannerCheck(IMalwareScanner scanner) : IDependencyCheck
{
    public string Name => "scanner";

    public bool IsVital => false;

    public async Task<DependencyReport> CheckAsync(CancellationToken cancellationToken)
    {
        if (!scanner.IsOn)
            return new(Name, DependencyState.Degraded, "Off: uploads are published unscanned.", "Scanning:Kind is off.");

        using var nothing = new MemoryStream();
        await scanner.ScanAsync(nothing, cancellationToken);
        return new(Name, DependencyState.Ok, "", scanner.GetType().Name);
    }
}
