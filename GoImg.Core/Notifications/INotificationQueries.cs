using GoImg.Core.Accounts;

namespace GoImg.Core.Notifications;

/// <summary>The asker's own notifications, no one else's.</summary>
public interface INotificationQueries
{
    /// <summary>Newest first.</summary>
    Task<IReadOnlyList<NotificationRow>> LatestAsync(Actor actor, int take, CancellationToken cancellationToken);

    Task<int> CountUnreadAsync(Actor actor, CancellationToken cancellationToken);

    /// <summary>Marks all as read, at once.</summary>
    Task MarkReadAsync(Actor actor, CancellationToken cancellationToken);
}

/// <param name="ImageSlug">Null when it is about the account, or the image is gone.</param>
public sealed record NotificationRow(
    string Kind,
    IReadOnlyDictionary<string, string> Data,
    string Text,
    DateTimeOffset At,
    bool IsRead,
    string? ImageSlug
)
{
    public string Sentence => NotificationText.Of(Kind, Data, Text);
}
