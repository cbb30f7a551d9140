namespace GoImg.Core.Shared;

/// <summary>What one operation changed, saved whole or not at all, jobs included.</summary>
public interface IUnitOfWork
{
    /// <summary>Saves. Fails with <see cref="StaleEdit"/> when an aggregate was changed meanwhile; then nothing is saved.
    /// Throws when the database is out of reach.</summary>
    Task<Result> CommitAsync(CancellationToken cancellationToken);
}
