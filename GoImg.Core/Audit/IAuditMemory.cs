using GoImg.Core.Accounts;

namespace GoImg.Core.Audit;

/// <summary>Whether the log has an entry already.</summary>
public interface IAuditMemory
{
    /// <summary>Those of the subjects, all of one kind, that this actor did this to within that time.</summary>
    Task<IReadOnlySet<AuditSubject>> FindRecentAsync(
        MemberId actor,
        string action,
        IReadOnlyCollection<AuditSubject> subjects,
        TimeSpan within,
        CancellationToken cancellationToken
    );
}
