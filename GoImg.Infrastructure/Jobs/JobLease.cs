using GoImg.Core.Jobs;
using GoImg.Infrastructure.Database;
using Microsoft.EntityFrameworkCore;

namespace GoImg.Infrastructure.Jobs;

/// <summary>The lease that a handler's scope works under; empty in every other scope. It fences the scope's commits: a process that slept
/// through its lease and wakes up as a zombie saves nothing.</summary>
internal sealed class JobLease(GoImgDbContext db, CommandTimeouts timeouts)
{
    private (Guid Job, Guid Token)? _held;

    public bool IsHeld => _held is not null;

    /// <summary>From here on the scope is a job's, and its statements have a job's time.</summary>
    public void Hold(Guid job, Guid token)
    {
        _held = (job, token);
        db.Database.SetCommandTimeout(CommandTimeouts.Seconds(timeouts.OfJobs));
    }

    /// <summary>Locks the job's row until the transaction ends, so that no one takes the lease in mid-commit.
    /// Throws <see cref="LeaseLostException"/> when it is somebody else's already.</summary>
    public async Task VerifyAsync(CancellationToken cancellationToken)
    {
        if (_held is not var (job, token))
            return;

        var mine = await db
            .Database.SqlQuery<int>($"SELECT 1 AS \"Value\" FROM jobs WHERE id = {job} AND lease_token = {token} FOR UPDATE")
            .ToListAsync(cancellationToken);
        if (mine.Count == 0)
            throw new LeaseLostException();
    }
}
