using GoImg.Core.Rendering;
using GoImg.Core.Scanning;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace GoImg.Infrastructure.Scanning;

/// <summary>Finds out at start whether clamd takes files as large as may be uploaded. A larger file than it takes would wait for ever.</summary>
internal sealed partial class ClamAvLimit(ClamAvScanner scanner, ImageLimits limits, TimeProvider time, ILogger<ClamAvLimit> logger) : BackgroundService
{
    private static readonly TimeSpan AskAgain = TimeSpan.FromMinutes(1);

    /// <summary>What an operator has to do; null when nothing, or not known yet.</summary>
    public string? Problem { get; private set; }

    /// <summary>What was found, for operators; null before clamd has answered once.</summary>
    public string? Finding { get; private set; }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                var takes = await scanner.TakesAsync(limits.MaxFileBytes, stoppingToken);
                Finding = $"takes files of {limits.MaxFileBytes >> 20} MiB: {(takes ? "yes" : "no")}";
                if (takes)
                    return;

                Problem = $"clamd refuses files as large as Limits:MaxFileBytes ({limits.MaxFileBytes >> 20} MiB). Raise StreamMaxLength, MaxFileSize and MaxScanSize in clamd.conf above it, or lower Limits:MaxFileBytes.";
                LogTooSmall(logger, Problem);
                return;
            }
            catch (ScannerUnavailableException)
            {
                // down, which is told where files wait for it
                await Task.Delay(AskAgain, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
        }
    }

    [LoggerMessage(LogLevel.Error, "{Problem}")]
    private static partial void LogTooSmall(ILogger logger, string problem);
}
