using GoImg.Core.Accounts;
using GoImg.Core.Shared;
using GoImg.Core.Social;

namespace GoImg.Core.Moderation.Subjects;

/// <summary>A comment, and the count of its image, which changes with it.</summary>
internal sealed class ModeratedComment(Comment comment, IComments comments) : ModeratedSubject
{
    public override ModerationSubject Subject => ModerationSubject.Of(comment.Id);

    public override Member? Owner => comment.Author;

    public override SubjectState State => new() { Comment = comment.ModerationState };

    public override bool IsVisibleTo(Actor actor) => CommentAccess.CanRead(actor, comment);

    public override Evidence ToEvidence() => Evidence.Of(comment);

    public override async Task<Result> ApplyAsync(
        Actor actor,
        DecisionAction action,
        DecisionText text,
        bool isReported,
        DateTimeOffset now,
        CancellationToken cancellationToken
    )
    {
        switch (action)
        {
            case DecisionAction.Dismiss when !isReported:
                return new ModerationErrors.NothingToDismiss();
            case DecisionAction.Dismiss or DecisionAction.Warn:
                return Result.Success;
            case DecisionAction.Remove when comment.IsRemoved && !isReported:
                return new ModerationErrors.AlreadySo(ModerationErrorTexts.CommentIsRemoved);
            case DecisionAction.Remove when comment.IsRemoved:
                return Result.Success;
            case DecisionAction.Remove:
                var wasShown = comment.DeletedAt is null;
                comment.Remove(actor.MemberId, now);
                if (wasShown)
                    await comments.CountAsync(comment, -1, cancellationToken);
                return Result.Success;
            default:
                return NotForThis();
        }
    }

    public override async Task<Result> RevertAsync(Actor actor, SubjectState before, SubjectState after, CancellationToken cancellationToken)
    {
        var wasShown = comment.DeletedAt is null;
        var reverted = comment.Revert(before.Comment!, after.Comment!);
        if (reverted.IsSuccess && wasShown != (comment.DeletedAt is null))
            await comments.CountAsync(comment, wasShown ? -1 : +1, cancellationToken);
        return reverted;
    }
}
