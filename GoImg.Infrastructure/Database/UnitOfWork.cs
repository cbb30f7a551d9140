using GoImg.Core.Shared;
using GoImg.Infrastructure.Jobs;
using Microsoft.EntityFrameworkCore;

namespace GoImg.Infrastructure.Database;

/// <summary>Saves the context and the scope's new jobs in one transaction, which a repository may have opened; a handler's only under its lease.</summary>
internal sealed class UnitOfWork(GoImgDbContext db, JobQueue jobs, JobLease lease) : IUnitOfWork
{
    public async Task<Result> CommitAsync(CancellationToken cancellationToken)
    {
        try
        {
            if ((jobs.HasPending || lease.IsHeld) && db.Database.CurrentTransaction is null)
                await db.Database.BeginTransactionAsync(cancellationToken);
            await lease.VerifyAsync(cancellationToken);
            await db.SaveChangesAsync(cancellationToken);
            await jobs.WriteAsync(cancellationToken);
            if (db.Database.CurrentTransaction is { } transaction)
                await transaction.CommitAsync(cancellationToken);
            return Result.Success;
        }
        catch (DbUpdateConcurrencyException)
        {
            await AbandonAsync();
            return new StaleEdit();
        }
        catch (DbUpdateException refused) when (UniqueViolations.Explain(refused) is { } error)
        {
            await AbandonAsync();
            return error;
        }
    }

    private async Task AbandonAsync()
    {
        if (db.Database.CurrentTransaction is { } transaction)
            await transaction.RollbackAsync(CancellationToken.None);
        db.ChangeTracker.Clear();
        jobs.Clear();
    }
}
