using GoImg.Core.Accounts;
using GoImg.Core.Images;
using GoImg.Core.Jobs;
using GoImg.Core.Shared;

namespace GoImg.Core.Notifications;

/// <summary>Tells the staff, and of malware the owner too, what GoImg found out about an image's file.</summary>
public sealed class NotifyOfQuarantineOrDamage(IImages images, IMembers members, INotifications notifications, IUnitOfWork unitOfWork)
    : IEventSubscriber<ImageQuarantined>,
        IEventSubscriber<OriginalDamaged>
{
    public Task<JobOutcome> HandleAsync(ImageQuarantined happened, EventDelivery delivery, CancellationToken cancellationToken) =>
        NotifyAsync(
            happened.ImageId,
            NotificationKind.ImageQuarantined,
            NotificationKind.StaffImageQuarantined,
            new() { [NotificationData.Malware] = happened.Malware },
            delivery,
            cancellationToken
        );

    public Task<JobOutcome> HandleAsync(OriginalDamaged happened, EventDelivery delivery, CancellationToken cancellationToken) =>
        NotifyAsync(happened.ImageId, null, NotificationKind.StaffOriginalDamaged, [], delivery, cancellationToken);

    /// <param name="toOwner">Null when the owner is not told. An owner who is staff is told as the owner alone.</param>
    private async Task<JobOutcome> NotifyAsync(
        ImageId id,
        string? toOwner,
        string toStaff,
        Dictionary<string, string> data,
        EventDelivery delivery,
        CancellationToken cancellationToken
    )
    {
        if (await images.FindAsync(id, cancellationToken) is not { } image)
            return new JobOutcome.Done();

        data[NotificationData.Title] = image.ShownTitle;
        data[NotificationData.Owner] = image.Owner.Username.Value;
        var told = (await members.FindStaffAsync(cancellationToken))
            .Where(member => member != image.OwnerId)
            .Select(member => To(member, toStaff))
            .ToList();
        if (toOwner is not null)
            told.Add(To(image.OwnerId, toOwner));
        await notifications.AddAsync(told, cancellationToken);
        return JobOutcome.Of(await unitOfWork.CommitAsync(cancellationToken));

        Notification To(MemberId member, string kind) =>
            Notification.Of(NotificationId.Of(delivery.EventId, member), member, kind, data, delivery.At, image: id);
    }
}
