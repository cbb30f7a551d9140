using GoImg.Core.Jobs;
using Npgsql;

namespace GoImg.Infrastructure.Jobs;

internal sealed class JobBacklog(NpgsqlDataSource database, JobsOptions settings) : IJobBacklog
{
    public int Max => settings.MaxWaiting;

    public async Task<bool> IsFullAsync(CancellationToken cancellationToken)
    {
        if (Max == 0)
            return false;

        // Whether there is a row past the limit: no more of the index is read than that, however long the queue.
        await using var command = database.CreateCommand("SELECT EXISTS (SELECT FROM jobs WHERE state = 'Waiting' AND priority < $1 OFFSET $2)");
        command.Parameters.Add(new() { Value = (int)JobPriority.Low });
        command.Parameters.Add(new() { Value = Max });
        return (bool)(await command.ExecuteScalarAsync(cancellationToken))!; // EXISTS is never null
    }
}
