using GoImg.Core.Scanning;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace GoImg.Infrastructure.Scanning;

/// <summary>Scanning switched off, said aloud at every start.</summary>
internal sealed partial class NoScanner(ILogger<NoScanner> logger) : IMalwareScanner, IHostedService
{
    public bool IsOn => false;

    public Task<ScanVerdict> ScanAsync(Stream content, CancellationToken cancellationToken) =>
        throw new InvalidOperationException("Scanning is off.");

    public Task StartAsync(CancellationToken cancellationToken)
    {
        LogOff(logger);
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    [LoggerMessage(LogLevel.Warning, "Malware scanning is off: uploads are published unscanned. Set Scanning:Kind to clamav to scan them.")]
    private static partial void LogOff(ILogger logger);
}
