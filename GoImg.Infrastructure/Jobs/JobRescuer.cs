using GoImg.Infrastructure.LiveUpdates;
using Microsoft.Extensions.Logging;

namespace GoImg.Infrastructure.Jobs;

/// <summary>Gives the jobs of dead processes back, from the first moment on: a restart goes on where the kill struck.</summary>
internal sealed partial class JobRescuer(
    JobQueue table,
    PostgresSignals signals,
    JobRunner runner,
    JobsOptions settings,
    TimeProvider time,
    ILogger<JobRescuer> logger
) : PeriodicService(settings.RescueInterval, time, logger)
{
    protected override async Task DoAsync(CancellationToken cancellationToken)
    {
        var rescued = await table.RescueAsync(signals.NodeId, cancellationToken);
        if (rescued == 0)
            return;

        LogRescued(logger, rescued);
        runner.Wake();
    }

    [LoggerMessage(LogLevel.Warning, "{Count} jobs were left behind by a process that is gone; they run again.")]
    private static partial void LogRescued(ILogger logger, int count);
}
