namespace GoImg.Core.Moderation;

/// <summary>Decisions to make and to take back.</summary>
public interface IDecisions
{
    void Add(Decision decision);

    Task<Decision?> FindAsync(DecisionId id, CancellationToken cancellationToken);

    /// <summary>Later decisions about the same subject or, for one on an account, the same account, that were not undone.</summary>
    Task<IReadOnlyList<Decision>> LaterDecisionsAsync(Decision decision, CancellationToken cancellationToken);
}
