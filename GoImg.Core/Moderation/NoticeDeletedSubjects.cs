using GoImg.Core.Accounts;
using GoImg.Core.Albums;
using GoImg.Core.Images;
using GoImg.Core.Jobs;
using GoImg.Core.Shared;

namespace GoImg.Core.Moderation;

/// <summary>Tells cases that their subject was deleted permanently: of an image, also those about the comments that went with it.</summary>
public sealed class NoticeDeletedSubjects(ICases cases, IMembers members, IUnitOfWork unitOfWork, TimeProvider time)
    : IEventSubscriber<ImageDeleted>,
        IEventSubscriber<AlbumDeleted>
{
    private const int AtOnce = 100;

    public async Task<JobOutcome> HandleAsync(ImageDeleted happened, EventDelivery delivery, CancellationToken cancellationToken)
    {
        var images = await NoticeAsync(ModerationSubjectKind.Image, cancellationToken);
        return images is JobOutcome.Done ? await NoticeAsync(ModerationSubjectKind.Comment, cancellationToken) : images;
    }

    public Task<JobOutcome> HandleAsync(AlbumDeleted happened, EventDelivery delivery, CancellationToken cancellationToken) =>
        NoticeAsync(ModerationSubjectKind.Album, cancellationToken);

    // Whatever is gone of this kind, not the one thing alone: what an earlier delivery left behind is made good.
    private async Task<JobOutcome> NoticeAsync(ModerationSubjectKind kind, CancellationToken cancellationToken)
    {
        while (await cases.FindLostAsync(kind, AtOnce, cancellationToken) is { Count: > 0 } lost)
        {
            foreach (var reportCase in lost)
            {
                var hasOwner = reportCase.OwnerId is { } owner && await members.FindAsync(owner, cancellationToken) is not null;
                reportCase.LoseSubject(hasOwner, time.GetUtcNow());
            }

            if ((await unitOfWork.CommitAsync(cancellationToken)).Error is { } changed)
                return new JobOutcome.Retry(changed.Message);
        }

        return new JobOutcome.Done();
    }
}
