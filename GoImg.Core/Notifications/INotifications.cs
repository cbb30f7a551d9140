namespace GoImg.Core.Notifications;

/// <summary>Notifications to add.</summary>
public interface INotifications
{
    /// <summary>Adds them to the current unit of work; those whose ids are there already are passed over.</summary>
    Task AddAsync(IReadOnlyCollection<Notification> notifications, CancellationToken cancellationToken);
}
