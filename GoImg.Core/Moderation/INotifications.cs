using GoImg.Core.Accounts;

namespace GoImg.Core.Moderation;

/// <summary>"Decisions about your content": the asker's own, nobody else's.</summary>
public interface INotifications
{
    /// <summary>Newest first.</summary>
    Task<IReadOnlyList<NotificationRow>> LatestAsync(Actor actor, int take, CancellationToken cancellationToken);

    Task<int> CountUnreadAsync(Actor actor, CancellationToken cancellationToken);

    /// <summary>Marks all as read, at once.</summary>
    Task MarkReadAsync(Actor actor, CancellationToken cancellationToken);
}

/// <param name="ImageSlug">Null when it is about the account, or the image is gone.</param>
public sealed record NotificationRow(string Text, DateTimeOffset At, bool IsRead, string? ImageSlug);
