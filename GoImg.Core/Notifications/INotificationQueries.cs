using GoImg.Core.Accounts;

namespace GoImg.Core.Notifications;

/// <summary>The asker's own notifications, no one else's.</summary>
public interface INotificationQueries
{
    /// <summary>Newest first.</summary>
    Task<IReadOnlyList<NotificationRow>> LatestAsync(Actor actor, int take, CancellationToken cancellationToken);

    /// <summary>How far they are counted.</summary>
    const int MostCounted = 1_000;

    /// <summary>Up to <see cref="MostCounted"/>.</summary>
    Task<int> CountUnreadAsync(Actor actor, CancellationToken cancellationToken);

    /// <summary>Marks all as read, at once.</summary>
    Task MarkReadAsync(Actor actor, CancellationToken cancellationToken);
}

/// <param name="ImageSlug">Of the image, or the one a comment stands under; null when it is about something else, or gone.</param>
/// <param name="AlbumSlug">Null when it is about something else, or the album is gone.</param>
public sealed record NotificationRow(
    string Kind,
    IReadOnlyDictionary<string, string> Data,
    string Text,
    DateTimeOffset At,
    bool IsRead,
    string? ImageSlug,
    string? AlbumSlug
)
{
    public string Sentence => NotificationText.Of(Kind, Data, Text);
}
