using GoImg.Core.Images;
using GoImg.Core.Moderation;
using GoImg.Core.Notifications;
using GoImg.Infrastructure.Events;
using Microsoft.Extensions.DependencyInjection;

namespace GoImg.Infrastructure.Notifications;

public static class NotificationsRegistration
{
    public static IServiceCollection AddNotifications(this IServiceCollection services)
    {
        services.AddScoped<INotifications, NotificationRepository>();
        services.AddScoped<INotificationQueries, NotificationQueries>();
        services.AddEventSubscriber<DecisionMade, NotifyOfDecision>("notifications.decision_made");
        services.AddEventSubscriber<DecisionUndone, NotifyOfDecision>("notifications.decision_undone");
        services.AddEventSubscriber<ImageQuarantined, NotifyOfQuarantineOrDamage>("notifications.image_quarantined");
        services.AddEventSubscriber<OriginalDamaged, NotifyOfQuarantineOrDamage>("notifications.original_damaged");
        return services;
    }
}
