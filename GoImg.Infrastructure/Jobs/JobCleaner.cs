using Microsoft.Extensions.Logging;

namespace GoImg.Infrastructure.Jobs;

/// <summary>Removes finished jobs and old dead letters.</summary>
internal sealed class JobCleaner(JobQueue table, TimeProvider time, ILogger<JobCleaner> logger)
    : PeriodicService(TimeSpan.FromMinutes(15), time, logger)
{
    protected override Task DoAsync(CancellationToken cancellationToken) => table.CleanAsync(cancellationToken);
}
