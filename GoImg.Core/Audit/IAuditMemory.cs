using GoImg.Core.Accounts;

namespace GoImg.Core.Audit;

/// <summary>Whether the log has an entry already.</summary>
public interface IAuditMemory
{
    Task<bool> HasRecentAsync(MemberId actor, string action, AuditSubject subject, TimeSpan within, CancellationToken cancellationToken);
}
