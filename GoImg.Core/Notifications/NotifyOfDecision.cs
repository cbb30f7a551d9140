using System.Globalization;
using GoImg.Core.Accounts;
using GoImg.Core.Albums;
using GoImg.Core.Images;
using GoImg.Core.Jobs;
using GoImg.Core.Moderation;
using GoImg.Core.Shared;
using GoImg.Core.Social;

namespace GoImg.Core.Notifications;

/// <summary>Tells a member what was decided about their content or account, and when it was taken back.</summary>
public sealed class NotifyOfDecision(
    IDecisions decisions,
    IImages images,
    IComments comments,
    IAlbums albums,
    INotifications notifications,
    IUnitOfWork unitOfWork
) : IEventSubscriber<DecisionMade>, IEventSubscriber<DecisionUndone>
{
    private const int QuotedLength = 80;

    public async Task<JobOutcome> HandleAsync(DecisionMade happened, EventDelivery delivery, CancellationToken cancellationToken)
    {
        if (await decisions.FindAsync(happened.DecisionId, cancellationToken) is not { MemberId: { } member } decision)
            return new JobOutcome.Done();

        var wasHidden = decision.Before is { Image: { } before } ? Image.IsHeldIn(before) : decision.Before.Album?.State == AlbumState.Held;
        // Nothing about the subject changed, and there is nothing to say.
        if (decision.Action == DecisionAction.Dismiss && decision.Message.Length == 0 && !wasHidden)
            return new JobOutcome.Done();

        var data = await DataAsync(decision, cancellationToken);
        data[NotificationData.Message] = decision.Message;
        if (decision.After.Member?.SuspendedUntil is { } until && decision.Action == DecisionAction.Suspend)
            data[NotificationData.Until] = until.ToString("o", CultureInfo.InvariantCulture);
        if (wasHidden)
            data[NotificationData.WasHidden] = "true";
        return await AddAsync(decision, member, KindOf(decision), data, delivery, cancellationToken);
    }

    public async Task<JobOutcome> HandleAsync(DecisionUndone happened, EventDelivery delivery, CancellationToken cancellationToken)
    {
        // Who was never told of the decision need not hear that it is gone.
        if (await decisions.FindAsync(happened.DecisionId, cancellationToken) is not { Message.Length: > 0, MemberId: { } member } decision)
            return new JobOutcome.Done();

        var data = await DataAsync(decision, cancellationToken);
        return await AddAsync(decision, member, NotificationKind.DecisionUndone, data, delivery, cancellationToken);
    }

    private static string KindOf(Decision decision) =>
        decision.IsOnAccount
            ? NotificationKind.DecisionOnAccount
            : decision.SubjectKind switch
            {
                ModerationSubjectKind.Image => NotificationKind.DecisionOnImage,
                ModerationSubjectKind.Comment => NotificationKind.DecisionOnComment,
                ModerationSubjectKind.Album => NotificationKind.DecisionOnAlbum,
                _ => NotificationKind.DecisionOnAccount,
            };

    private async Task<Dictionary<string, string>> DataAsync(Decision decision, CancellationToken cancellationToken)
    {
        var data = new Dictionary<string, string> { [NotificationData.Action] = decision.Action.ToString() };
        if (decision.IsOnAccount)
            return data;

        data[NotificationData.Subject] = decision.SubjectKind.ToString();
        switch (decision.SubjectKind)
        {
            case ModerationSubjectKind.Image:
                data[NotificationData.Title] =
                    (await images.FindAsync(new ImageId(decision.SubjectId), cancellationToken))?.ShownTitle ?? ImageTitle.Untitled;
                break;
            case ModerationSubjectKind.Comment:
                data[NotificationData.Comment] = Quote((await comments.FindAsync(new CommentId(decision.SubjectId), cancellationToken))?.Words);
                break;
            case ModerationSubjectKind.Album:
                data[NotificationData.Title] = (await albums.FindAsync(new AlbumId(decision.SubjectId), cancellationToken))?.Title ?? "";
                break;
        }

        return data;
    }

    private static string Quote(string? words)
    {
        var line = new StringInfo(Text.Line(words));
        return line.LengthInTextElements <= QuotedLength ? line.String : line.SubstringByTextElements(0, QuotedLength - 1) + "…";
    }

    private async Task<JobOutcome> AddAsync(
        Decision decision,
        MemberId member,
        string kind,
        Dictionary<string, string> data,
        EventDelivery delivery,
        CancellationToken cancellationToken
    )
    {
        var id = NotificationId.Of(delivery.EventId, member);
        await notifications.AddAsync([Notification.Of(id, member, kind, data, delivery.At, decision.Id)], cancellationToken);
        return JobOutcome.Of(await unitOfWork.CommitAsync(cancellationToken));
    }
}
