using GoImg.Core.Notifications;
using GoImg.Infrastructure.Database;
using Microsoft.EntityFrameworkCore;

namespace GoImg.Infrastructure.Notifications;

internal sealed class NotificationRepository(GoImgDbContext db) : INotifications
{
    public async Task AddAsync(IReadOnlyCollection<Notification> notifications, CancellationToken cancellationToken)
    {
        var ids = notifications.Select(n => n.Id).ToList();
        var there = await db.Set<Notification>().Where(n => ids.Contains(n.Id)).Select(n => n.Id).ToListAsync(cancellationToken);
        db.AddRange(notifications.ExceptBy(there, n => n.Id));
    }
}
