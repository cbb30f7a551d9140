using GoImg.Core.Rendering;
using GoImg.Core.Scanning;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace GoImg.Infrastructure.Scanning;

/// <summary>Finds out, beside the start, whether clamd takes files as large as may be uploaded and looks into all of them: a larger one than it takes would wait
/// for ever, and one it does not look into would pass unscanned.</summary>
internal sealed partial class ScanDepthProbe(
    ClamAvScanner scanner,
    IOptionsMonitor<ImageLimits> limits,
    TimeProvider time,
    ILogger<ScanDepthProbe> logger
) : BackgroundService
{
    // below any limit that lets images through at all
    private const int ShortBytes = 64 * 1024;
    private static readonly TimeSpan AskAgain = TimeSpan.FromMinutes(1);
    private readonly SemaphoreSlim _asking = new(1);

    private (ScanDepthFinding What, long MaxBytes)? _found;

    /// <summary>Null before clamd has answered once for files as large as they may be now.</summary>
    public ScanDepthFinding? Finding => _found is { } found && found.MaxBytes == limits.CurrentValue.MaxFileBytes ? found.What : null;

    /// <summary>The finding; asks for it when it is not known yet. Throws <see cref="ScannerUnavailableException"/> when clamd gives no clear answer.</summary>
    public async Task<ScanDepthFinding> FindAsync(CancellationToken cancellationToken)
    {
        await _asking.WaitAsync(cancellationToken);
        try
        {
            if (Finding is { } known)
                return known;
            var maxBytes = limits.CurrentValue.MaxFileBytes;
            var finding = await LookAsync(maxBytes, cancellationToken);
            _found = (finding, maxBytes);
            return finding;
        }
        finally
        {
            _asking.Release();
        }
    }

    public override void Dispose()
    {
        _asking.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                if (await FindAsync(stoppingToken) is { Problem: { } problem })
                    LogTooSmall(logger, problem);
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

    private async Task<ScanDepthFinding> LookAsync(long maxBytes, CancellationToken cancellationToken)
    {
        var largest = $"files as large as Limits:MaxFileBytes ({maxBytes >> 20} MiB)";
        return await scanner.LookAtAsync(maxBytes, cancellationToken) switch
        {
            ScanDepth.Finds => new($"looks into files of {maxBytes >> 20} MiB to their end"),
            ScanDepth.Refuses => new(
                "does not take them",
                "Does not take files as large as may be uploaded: they wait.",
                $"clamd refuses {largest}. Raise StreamMaxLength, MaxFileSize and MaxScanSize in clamd.conf above it, or lower Limits:MaxFileBytes."
            ),
            ScanDepth.Accuses => new(
                "calls them infected",
                "Calls files as large as may be uploaded infected, unseen.",
                $"clamd has AlertExceedsMax on and calls {largest} infected without looking into them. Raise MaxFileSize and MaxScanSize in clamd.conf above it, or lower Limits:MaxFileBytes."
            ),
            _ when await scanner.LookAtAsync(ShortBytes, cancellationToken) == ScanDepth.Finds => new(
                "does not look into them",
                "Does not look into files as large as may be uploaded: they pass unscanned.",
                $"clamd answers OK for {largest} without looking into them. Raise MaxFileSize and MaxScanSize in clamd.conf above it, or lower Limits:MaxFileBytes."
            ),
            _ => new(
                $"takes files of {maxBytes >> 20} MiB; whether it looks into them is not known, as it knows no test file (its signatures lack eicar.org's)"
            ),
        };
    }

    [LoggerMessage(LogLevel.Error, "{Problem}")]
    private static partial void LogTooSmall(ILogger logger, string problem);
}

/// <param name="Text">For operators.</param>
/// <param name="Note">What follows from it, for anyone; null when nothing is wrong.</param>
/// <param name="Problem">What is wrong and has to be done, for operators; null when nothing is.</param>
internal sealed record ScanDepthFinding(string Text, string? Note = null, string? Problem = null);
