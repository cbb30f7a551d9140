using GoImg.Core.Shared;
using GoImg.Infrastructure.Events;
using GoImg.Infrastructure.Jobs;
using Microsoft.EntityFrameworkCore;

namespace GoImg.Infrastructure.Database;

/// <summary>Saves the context and the scope's new jobs in one transaction, which a repository may have opened; a handler's only under its lease.
/// The events of what it saves become jobs in that transaction and reactions after it.</summary>
internal sealed class UnitOfWork(GoImgDbContext db, RecordedEvents recorded, EventDispatcher dispatcher, EnqueuedJobs jobs, JobLease lease)
    : IUnitOfWork
{
    public async Task<Result> CommitAsync(CancellationToken cancellationToken)
    {
        var events = recorded.Take();
        dispatcher.Enqueue(events, jobs);
        try
        {
            if (jobs.HasPending || lease.IsHeld)
                await db.EnsureTransactionAsync(cancellationToken);
            await lease.VerifyAsync(cancellationToken);
            await db.SaveChangesAsync(cancellationToken);
            await jobs.WriteAsync(cancellationToken);
            if (db.Database.CurrentTransaction is { } transaction)
                await transaction.CommitAsync(cancellationToken);
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

        await dispatcher.ReactAsync(events);
        return Result.Success;
    }

    private async Task AbandonAsync()
    {
        if (db.Database.CurrentTransaction is { } transaction)
            await transaction.RollbackAsync(CancellationToken.None);
        db.ChangeTracker.Clear();
        recorded.Clear();
        jobs.Clear();
    }
}
