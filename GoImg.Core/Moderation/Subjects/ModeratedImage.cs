using GoImg.Core.Accounts;
using GoImg.Core.Images;
using GoImg.Core.Shared;

namespace GoImg.Core.Moderation.Subjects;

internal sealed class ModeratedImage(Image image) : ModeratedSubject
{
    public override ModerationSubject Subject => ModerationSubject.Of(image.Id);

    public override Member Owner => image.Owner;

    public override SubjectState State => new() { Image = image.ModerationState };

    public override bool IsVisibleTo(Actor actor) => ImageAccess.CanOpen(actor, image);

    public override Evidence ToEvidence() => Evidence.Of(image);

    public override Task<Result> ApplyAsync(
        Actor actor,
        DecisionAction action,
        DecisionText text,
        bool isReported,
        DateTimeOffset now,
        CancellationToken cancellationToken
    ) => Task.FromResult(Apply(action, text, isReported, now));

    public override Task<Result> RevertAsync(Actor actor, SubjectState before, SubjectState after, CancellationToken cancellationToken) =>
        Task.FromResult(image.Revert(before.Image!, after.Image!));

    private Result Apply(DecisionAction action, DecisionText text, bool isReported, DateTimeOffset now)
    {
        switch (action)
        {
            case DecisionAction.Dismiss when !isReported && !image.IsHeld:
                return new ModerationErrors.NothingToDismiss();
            case DecisionAction.Dismiss or DecisionAction.Warn:
                image.Release();
                break;
            case DecisionAction.MarkNsfw when !isReported && image.Rating == ContentRating.Nsfw:
                return new ModerationErrors.AlreadySo(ModerationErrorTexts.ImageIsMarked);
            case DecisionAction.MarkNsfw:
                image.Release();
                image.Rate(ContentRating.Nsfw);
                break;
            case DecisionAction.Hold when image.IsHeld:
                return new ModerationErrors.AlreadySo(ModerationErrorTexts.ImageIsHidden);
            case DecisionAction.Hold when image.State != ImageState.Active:
                return new ModerationErrors.NotVisible();
            case DecisionAction.Hold:
                image.Flag(text.Message);
                break;
            case DecisionAction.Remove when image is { State: ImageState.Deleted, ModerationReason: not null, IsHeld: false }:
                return new ModerationErrors.AlreadySo(ModerationErrorTexts.ImageIsRemoved);
            case DecisionAction.Remove:
                image.Remove(text.Message, now);
                break;
            default:
                return NotForThis();
        }

        return Result.Success;
    }
}
