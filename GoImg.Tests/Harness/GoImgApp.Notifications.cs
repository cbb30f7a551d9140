using GoImg.Core.Notifications;

namespace GoImg.Tests.Harness;

public static class GoImgAppNotifications
{
    /// <summary>A member's notifications, as soon as there are so many: they are made by jobs.</summary>
    public static Task<IReadOnlyList<NotificationRow>> NotificationsAsync(this MemberClient member, int count) =>
        Eventually.GetAsync(
            () =>
                member.App.InScopeAsync<INotificationQueries, IReadOnlyList<NotificationRow>>(queries =>
                    queries.LatestAsync(member.Actor, 100, TestContext.Current.CancellationToken)
                ),
            rows => rows.Count >= count
        );
}
