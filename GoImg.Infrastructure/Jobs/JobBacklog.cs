using GoImg.Core.Images;
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

        // Whether there is an image past the limit: little more of the index is read than that, as what else has this priority is done at once.
        await using var command = database.CreateCommand(
            "SELECT EXISTS (SELECT FROM jobs WHERE state = 'Waiting' AND priority < $1 AND kind = $3 OFFSET $2)"
        );
        command.Parameters.Add(new() { Value = (int)JobPriority.Low });
        command.Parameters.Add(new() { Value = Max });
        command.Parameters.Add(new() { Value = PrepareImageJob.Kind });
        return (bool)(await command.ExecuteScalarAsync(cancellationToken))!; // EXISTS is never null
    }
}
