namespace GoImg.Infrastructure.Database;

internal static class Transactions
{
    /// <summary>For what a repository does by statements of its own: it is saved with the rest by the unit of work, which commits the transaction.</summary>
    public static async Task EnsureTransactionAsync(this GoImgDbContext db, CancellationToken cancellationToken)
    {
        if (db.Database.CurrentTransaction is null)
            await db.Database.BeginTransactionAsync(cancellationToken);
    }
}
