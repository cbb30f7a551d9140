using GoImg.Core.Accounts;
using GoImg.Core.Albums;
using GoImg.Core.Moderation;
using GoImg.Core.Notifications;
using GoImg.Core.Social;
using GoImg.Infrastructure.Database;
using Microsoft.EntityFrameworkCore;

namespace GoImg.Infrastructure.Notifications;

internal sealed class NotificationQueries(GoImgDbContext db, TimeProvider time) : INotificationQueries
{
    public async Task<IReadOnlyList<NotificationRow>> LatestAsync(Actor actor, int take, CancellationToken cancellationToken) =>
        await Own(actor)
            .AsNoTracking()
            .OrderByDescending(n => n.At)
            .ThenByDescending(n => n.Id)
            .Take(take)
            .Select(n => new NotificationRow(
                n.Kind,
                n.Data,
                n.Text,
                n.At,
                n.ReadAt != null,
                db.Images.Where(i =>
                        i.Id == n.ImageId
                        || db.Set<Decision>()
                            .Any(d =>
                                d.Id == n.DecisionId
                                && (
                                    (d.SubjectKind == ModerationSubjectKind.Image && d.SubjectId == (Guid)(object)i.Id)
                                    || (
                                        d.SubjectKind == ModerationSubjectKind.Comment
                                        && db.Set<Comment>().Any(c => (Guid)(object)c.Id == d.SubjectId && c.ImageId == i.Id)
                                    )
                                )
                            )
                    )
                    .Select(i => i.Slug)
                    .FirstOrDefault(),
                db.Set<Album>()
                    .Where(a =>
                        db.Set<Decision>()
                            .Any(d => d.Id == n.DecisionId && d.SubjectKind == ModerationSubjectKind.Album && d.SubjectId == (Guid)(object)a.Id)
                    )
                    .Select(a => a.Slug)
                    .FirstOrDefault()
            ))
            .ToListAsync(cancellationToken);

    public Task<int> CountUnreadAsync(Actor actor, CancellationToken cancellationToken) =>
        Own(actor).Where(n => n.ReadAt == null).Take(INotificationQueries.MostCounted).CountAsync(cancellationToken);

    public Task MarkReadAsync(Actor actor, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        return Own(actor).Where(n => n.ReadAt == null).ExecuteUpdateAsync(set => set.SetProperty(n => n.ReadAt, now), cancellationToken);
    }

    private IQueryable<Notification> Own(Actor actor) => db.Set<Notification>().Where(n => n.MemberId == actor.MemberId);
}
