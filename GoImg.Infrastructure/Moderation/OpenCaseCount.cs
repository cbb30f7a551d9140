using GoImg.Core.Moderation;
using GoImg.Infrastructure.Jobs;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace GoImg.Infrastructure.Moderation;

/// <summary>One for the process, counted again every few seconds over the index of the queue.</summary>
internal sealed class OpenCaseCount(NpgsqlDataSource database, TimeProvider time, ILogger<OpenCaseCount> logger)
    : PeriodicService(TimeSpan.FromSeconds(10), time, logger),
        IOpenCaseCount
{
    private int _current;

    public int Current => Volatile.Read(ref _current);

    public Task RefreshAsync(CancellationToken cancellationToken) => DoAsync(cancellationToken);

    protected override async Task DoAsync(CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(
            "SELECT count(*)::int FROM (SELECT 1 FROM report_cases WHERE status IN ('Pending', 'Reviewing') LIMIT $1) open"
        );
        command.Parameters.Add(new() { Value = IOpenCaseCount.Limit });
        Volatile.Write(ref _current, (int)(await command.ExecuteScalarAsync(cancellationToken))!); // a count is never null
    }
}
