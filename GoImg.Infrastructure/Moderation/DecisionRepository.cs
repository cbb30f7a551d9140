using GoImg.Core.Moderation;
using GoImg.Infrastructure.Database;
using Microsoft.EntityFrameworkCore;

namespace GoImg.Infrastructure.Moderation;

internal sealed class DecisionRepository(GoImgDbContext db) : IDecisions
{
    public void Add(Decision decision) => db.Add(decision);

    public Task<Decision?> FindAsync(DecisionId id, CancellationToken cancellationToken) =>
        db.Set<Decision>().SingleOrDefaultAsync(d => d.Id == id, cancellationToken);

    public async Task<IReadOnlyList<Decision>> LaterDecisionsAsync(Decision decision, CancellationToken cancellationToken)
    {
        var later = db.Set<Decision>().AsNoTracking().Where(d => d.UndoneAt == null && d.Id != decision.Id && d.DecidedAt >= decision.DecidedAt);
        later = decision.IsOnAccount
            ? later.Where(d => d.MemberId == decision.MemberId)
            : later.Where(d => d.SubjectKind == decision.SubjectKind && d.SubjectId == decision.SubjectId);
        return await later.ToListAsync(cancellationToken);
    }
}
