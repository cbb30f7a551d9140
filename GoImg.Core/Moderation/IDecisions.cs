namespace GoImg.Core.Moderation;

/// <summary>Decisions and the notices that tell of them.</summary>
public interface IDecisions
{
    void Add(Decision decision);

    void Add(Notification notice);

    Task<Decision?> FindAsync(DecisionId id, CancellationToken cancellationToken);

    /// <summary>Later decisions about the same image or, for one on an account, the same account, that were not undone.</summary>
    Task<IReadOnlyList<Decision>> StateAfterAsync(Decision decision, CancellationToken cancellationToken);
}
