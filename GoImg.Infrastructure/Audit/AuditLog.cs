using GoImg.Core.Accounts;
using GoImg.Core.Audit;
using GoImg.Infrastructure.Database;
using Microsoft.EntityFrameworkCore;

namespace GoImg.Infrastructure.Audit;

internal sealed class AuditLog(GoImgDbContext db, TimeProvider time) : IAuditLog, IAuditMemory
{
    public void Add(Actor actor, string action, AuditSubject subject, string? before = null, string? after = null) =>
        db.Add(AuditEntry.Write(actor, action, subject, before, after, time.GetUtcNow()));

    public Task<bool> HasRecentAsync(MemberId actor, string action, AuditSubject subject, TimeSpan within, CancellationToken cancellationToken)
    {
        var since = time.GetUtcNow() - within;
        return db.Set<AuditEntry>()
            .AnyAsync(
                e => e.ActorId == actor && e.At > since && e.Action == action && e.SubjectKind == subject.Kind && e.SubjectId == subject.Id,
                cancellationToken
            );
    }
}
