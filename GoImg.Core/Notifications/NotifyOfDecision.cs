using System.Globalization;
using GoImg.Core.Images;
using GoImg.Core.Jobs;
using GoImg.Core.Moderation;
using GoImg.Core.Shared;

namespace GoImg.Core.Notifications;

/// <summary>Tells a member what was decided about their content or account, and when it was taken back.</summary>
public sealed class NotifyOfDecision(IDecisions decisions, IImages images, INotifications notifications, IUnitOfWork unitOfWork)
    : IEventSubscriber<DecisionMade>,
        IEventSubscriber<DecisionUndone>
{
    public async Task<JobOutcome> HandleAsync(DecisionMade happened, EventDelivery delivery, CancellationToken cancellationToken)
    {
        if (await decisions.FindAsync(happened.DecisionId, cancellationToken) is not { } decision)
            return new JobOutcome.Done();

        var wasHidden = decision.ImageBefore is { } before && Image.IsHeldIn(before);
        // Nothing about the image changed, and there is nothing to say.
        if (decision.Action == DecisionAction.Dismiss && decision.Message.Length == 0 && !wasHidden)
            return new JobOutcome.Done();

        var data = new Dictionary<string, string>
        {
            [NotificationData.Action] = decision.Action.ToString(),
            [NotificationData.Message] = decision.Message,
        };
        if (decision.MemberAfter?.SuspendedUntil is { } until && decision.Action == DecisionAction.Suspend)
            data[NotificationData.Until] = until.ToString("o", CultureInfo.InvariantCulture);
        if (wasHidden)
            data[NotificationData.WasHidden] = "true";
        if (!decision.IsOnAccount)
            data[NotificationData.Title] = await TitleAsync(decision, cancellationToken) ?? Image.Untitled;
        return await AddAsync(
            decision,
            decision.IsOnAccount ? NotificationKind.DecisionOnAccount : NotificationKind.DecisionOnImage,
            data,
            delivery,
            cancellationToken
        );
    }

    public async Task<JobOutcome> HandleAsync(DecisionUndone happened, EventDelivery delivery, CancellationToken cancellationToken)
    {
        // Who was never told of the decision need not hear that it is gone.
        if (await decisions.FindAsync(happened.DecisionId, cancellationToken) is not { Message.Length: > 0 } decision)
            return new JobOutcome.Done();

        var data = new Dictionary<string, string> { [NotificationData.Action] = decision.Action.ToString() };
        if (!decision.IsOnAccount)
            data[NotificationData.Title] = await TitleAsync(decision, cancellationToken) ?? Image.Untitled;
        return await AddAsync(decision, NotificationKind.DecisionUndone, data, delivery, cancellationToken);
    }

    private async Task<string?> TitleAsync(Decision decision, CancellationToken cancellationToken) =>
        decision.ImageId is { } id ? (await images.FindAsync(id, cancellationToken))?.ShownTitle : null;

    private async Task<JobOutcome> AddAsync(
        Decision decision,
        string kind,
        Dictionary<string, string> data,
        EventDelivery delivery,
        CancellationToken cancellationToken
    )
    {
        var id = NotificationId.Of(delivery.EventId, decision.MemberId);
        await notifications.AddAsync([Notification.Of(id, decision.MemberId, kind, data, delivery.At, decision.Id)], cancellationToken);
        return JobOutcome.Of(await unitOfWork.CommitAsync(cancellationToken));
    }
}
