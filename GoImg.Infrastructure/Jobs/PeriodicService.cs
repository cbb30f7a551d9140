using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace GoImg.Infrastructure.Jobs;

/// <summary>Something done again and again in the background, the first time at start. A failure is logged and tried again later, never the host's end.</summary>
internal abstract partial class PeriodicService(TimeSpan interval, TimeProvider time, ILogger logger) : BackgroundService
{
    protected abstract Task DoAsync(CancellationToken cancellationToken);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        for (var failures = 0; !stoppingToken.IsCancellationRequested; )
        {
            try
            {
                await DoAsync(stoppingToken);
                failures = 0;
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception failure)
            {
                // The catch-all: whatever it was, this loop goes on.
                failures = Math.Min(failures + 1, 6);
                LogFailed(logger, GetType().Name, failure);
            }

            var backoff = failures == 0 ? TimeSpan.Zero : TimeSpan.FromSeconds(1 << failures);
            await Task.Delay(interval > backoff ? interval : backoff, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    [LoggerMessage(LogLevel.Warning, "{Service} failed and is tried again later.")]
    private static partial void LogFailed(ILogger logger, string service, Exception failure);
}
