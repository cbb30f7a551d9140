using GoImg.Core.Accounts;
using GoImg.Core.Audit;
using GoImg.Infrastructure.Database;
using Microsoft.EntityFrameworkCore;

namespace GoImg.Infrastructure.Audit;

internal sealed class AuditLog(GoImgDbContext db, TimeProvider time) : IAuditLog, IAuditMemory
{
    public void Add(Actor actor, string action, AuditSubject subject, string? before = null, string? after = null) =>
        db.Add(AuditEntry.Write(actor, action, subject, before, after, time.GetUtcNow()));

    public async Task<IReadOnlySet<AuditSubject>> FindRecentAsync(
        MemberId actor,
        string action,
        IReadOnlyCollection<AuditSubject> subjects,
        TimeSpan within,
        CancellationToken cancellationToken
    )
    {
        var since = time.GetUtcNow() - within;
        var (kind, ids) = (subjects.First().Kind, subjects.Select(s => s.Id).ToList());
        var found = await db.Set<AuditEntry>()
            .Where(e => e.ActorId == actor && e.At > since && e.Action == action && e.SubjectKind == kind && ids.Contains(e.SubjectId))
            .Select(e => e.SubjectId)
            .ToListAsync(cancellationToken);
        return found.Select(id => new AuditSubject(kind, id)).ToHashSet();
    }
}
