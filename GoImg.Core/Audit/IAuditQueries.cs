using GoImg.Core.Accounts;
using GoImg.Core.Shared;

namespace GoImg.Core.Audit;

/// <summary>The log to read: admins only, anyone else gets <see cref="NotFound"/>.</summary>
public interface IAuditQueries
{
    /// <summary>Newest first.</summary>
    Task<Result<Page<AuditRow>>> SearchAsync(Actor actor, AuditFilter filter, Cursor? after, int take, CancellationToken cancellationToken);
}

/// <summary>Null and empty mean any.</summary>
/// <param name="Action">One of <see cref="AuditAction"/>.</param>
/// <param name="By">A username, whole, in any case.</param>
/// <param name="Text">Anywhere in subject, before or after, ignoring case.</param>
/// <param name="From">The first day, in UTC.</param>
/// <param name="To">The last day, in UTC.</param>
public sealed record AuditFilter(string? Action = null, string? By = null, string? Text = null, DateOnly? From = null, DateOnly? To = null);

/// <summary>An entry with today's names; a name is null when its member is erased.</summary>
public sealed record AuditRow(
    Guid Id,
    DateTimeOffset At,
    MemberId? ActorId,
    string? ActorName,
    bool BySystem,
    string? Address,
    string Action,
    string SubjectKind,
    string SubjectId,
    string? SubjectName,
    string? Before,
    string? After
);
