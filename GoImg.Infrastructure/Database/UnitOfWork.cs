using GoImg.Core.Shared;
using Microsoft.EntityFrameworkCore;

namespace GoImg.Infrastructure.Database;

/// <summary>Saves the context, in the transaction that a repository opened if one did.</summary>
internal sealed class UnitOfWork(GoImgDbContext db) : IUnitOfWork
{
    public async Task<Result> CommitAsync(CancellationToken cancellationToken)
    {
        try
        {
            await db.SaveChangesAsync(cancellationToken);
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
    }
}
