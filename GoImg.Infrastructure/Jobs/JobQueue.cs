using GoImg.Core.Jobs;
using Npgsql;
using NpgsqlTypes;

namespace GoImg.Infrastructure.Jobs;

/// <summary>A job this process holds the lease of.</summary>
internal sealed record ClaimedJob(Guid Id, Guid Token, string Kind, string Payload, int Attempts);

/// <summary>The queue's statements. All times are the database's: no node's clock can run a job twice or hold it back.</summary>
internal sealed class JobQueue(NpgsqlDataSource database, JobsOptions settings)
{
    /// <summary>The first class of two-part advisory locks, kept by every process that works on jobs; any constant of ours.</summary>
    public const int HolderLocks = 0x60_1A46;

    /// <summary>Takes the next job that is due, of a kind with a free slot or of a kind no one here knows; null when there is none.</summary>
    public async Task<ClaimedJob?> ClaimAsync(string[] freeKinds, string[] knownKinds, int holder, CancellationToken cancellationToken)
    {
        await using var command = Command(
            """
            UPDATE jobs SET state = 'Running', attempts = attempts + 1, lease_token = gen_random_uuid(), lease_until = now() + @lease, holder = @holder
            WHERE id = (SELECT id FROM jobs
                        WHERE state = 'Waiting' AND run_at <= now() AND (kind = ANY(@free) OR kind <> ALL(@known))
                        ORDER BY priority, turn_at, id LIMIT 1 FOR UPDATE SKIP LOCKED)
            RETURNING id, lease_token, kind, payload, attempts
            """,
            new("lease", settings.Lease),
            new("holder", holder),
            new("free", freeKinds),
            new("known", knownKinds)
        );
        await using var row = await command.ExecuteReaderAsync(cancellationToken);
        return await row.ReadAsync(cancellationToken)
            ? new ClaimedJob(row.GetGuid(0), row.GetGuid(1), row.GetString(2), row.GetString(3), row.GetInt32(4))
            : null;
    }

    /// <summary>False when the lease is no longer this process's.</summary>
    public Task<bool> RenewAsync(ClaimedJob job, CancellationToken cancellationToken) =>
        ChangeAsync(job, "lease_until = now() + @lease", cancellationToken, new NpgsqlParameter("lease", settings.Lease));

    public Task<bool> FinishAsync(ClaimedJob job, JobState end, string? error, CancellationToken cancellationToken) =>
        ChangeAsync(
            job,
            "state = @state, finished_at = now(), last_error = coalesce(@error, last_error), lease_token = NULL, lease_until = NULL, holder = NULL",
            cancellationToken,
            new NpgsqlParameter("state", end.ToString()),
            Error(error)
        );

    /// <summary>Back to the waiting ones. <paramref name="countAttempt"/> is false when the job was not to blame.</summary>
    public Task<bool> PutBackAsync(ClaimedJob job, TimeSpan delay, string? reason, bool countAttempt, CancellationToken cancellationToken) =>
        ChangeAsync(
            job,
            """
            state = 'Waiting', run_at = now() + @delay, turn_at = now() + @delay, attempts = attempts - @refund,
            last_error = coalesce(@error, last_error), lease_token = NULL, lease_until = NULL, holder = NULL
            """,
            cancellationToken,
            new NpgsqlParameter("delay", delay),
            new NpgsqlParameter("refund", countAttempt ? 0 : 1),
            Error(reason)
        );

    /// <summary>Puts back the jobs of processes that are gone: the lease ran out, or the lock a living process keeps is free.
    /// The attempt stays counted, so a job that kills its process ends as a dead letter.</summary>
    public async Task<int> RescueAsync(int self, CancellationToken cancellationToken)
    {
        await using var command = Command(
            """
            UPDATE jobs SET state = 'Waiting', run_at = now(), turn_at = now(), lease_token = NULL, lease_until = NULL, holder = NULL,
                            last_error = 'The process that ran it ended or stopped answering.'
            WHERE id IN (SELECT id FROM jobs
                         WHERE state = 'Running' AND (lease_until < now() OR (holder <> @self AND NOT EXISTS (
                            SELECT FROM pg_locks WHERE locktype = 'advisory' AND objsubid = 2 AND classid::bigint = @class AND objid::bigint = holder
                            AND database = (SELECT oid FROM pg_database WHERE datname = current_database()))))
                         FOR UPDATE SKIP LOCKED)
            """,
            new("self", self),
            new("class", (long)HolderLocks)
        );
        return await command.ExecuteNonQueryAsync(cancellationToken);
    }

    public async Task<int> CleanAsync(CancellationToken cancellationToken)
    {
        await using var command = Command(
            "DELETE FROM jobs WHERE (state = 'Done' AND finished_at < now() - @done) OR (state = 'Dead' AND finished_at < now() - @dead)",
            new("done", settings.KeepDone),
            new("dead", settings.KeepDead)
        );
        return await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private async Task<bool> ChangeAsync(ClaimedJob job, string set, CancellationToken cancellationToken, params NpgsqlParameter[] parameters)
    {
        await using var command = Command(
            $"UPDATE jobs SET {set} WHERE id = @id AND lease_token = @token",
            [.. parameters, new("id", job.Id), new("token", job.Token)]
        );
        return await command.ExecuteNonQueryAsync(cancellationToken) > 0;
    }

    private NpgsqlCommand Command(string sql, params NpgsqlParameter[] parameters)
    {
        var command = database.CreateCommand(sql);
        command.Parameters.AddRange(parameters);
        return command;
    }

    private static NpgsqlParameter Error(string? error) =>
        new("error", NpgsqlDbType.Text) { Value = error is null ? DBNull.Value : error[..Math.Min(error.Length, 2000)] };
}
