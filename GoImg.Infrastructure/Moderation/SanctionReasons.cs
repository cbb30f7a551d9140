using GoImg.Core.Accounts;
using GoImg.Core.Moderation;
using GoImg.Infrastructure.Database;
using Microsoft.EntityFrameworkCore;

namespace GoImg.Infrastructure.Moderation;

internal sealed class SanctionReasons(GoImgDbContext db) : ISanctionReasons
{
    public Task<string?> FindWordsAsync(Member closed, CancellationToken cancellationToken)
    {
        var action = closed.Status == MemberStatus.Banned ? DecisionAction.Ban : DecisionAction.Suspend;
        // A ban that was ended came before the one that stands; one that was undone may have come after it.
        return db.Set<Decision>()
            .AsNoTracking()
            .Where(d => d.MemberId == closed.Id && d.Action == action && d.UndoneAt == null)
            .OrderByDescending(d => d.DecidedAt)
            .ThenByDescending(d => d.Id)
            .Select(d => d.Message)
            .FirstOrDefaultAsync(cancellationToken);
    }
}
