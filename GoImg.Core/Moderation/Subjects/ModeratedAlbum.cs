using GoImg.Core.Accounts;
using GoImg.Core.Albums;
using GoImg.Core.Shared;

namespace GoImg.Core.Moderation.Subjects;

/// <summary>An album. Its images are subjects of their own: they stay as they are.</summary>
internal sealed class ModeratedAlbum(Album album) : ModeratedSubject
{
    public override ModerationSubject Subject => ModerationSubject.Of(album.Id);

    public override Member Owner => album.Owner;

    public override SubjectState State => new() { Album = album.ModerationState };

    public override bool IsVisibleTo(Actor actor) => AlbumAccess.CanOpen(actor, album);

    public override Evidence ToEvidence() => Evidence.Of(album);

    public override Task<Result> ApplyAsync(
        Actor actor,
        DecisionAction action,
        DecisionText text,
        bool isReported,
        DateTimeOffset now,
        CancellationToken cancellationToken
    ) => Task.FromResult(Apply(action, text, isReported));

    public override Task<Result> RevertAsync(Actor actor, SubjectState before, SubjectState after, CancellationToken cancellationToken) =>
        Task.FromResult(album.Revert(before.Album!, after.Album!));

    private Result Apply(DecisionAction action, DecisionText text, bool isReported)
    {
        switch (action)
        {
            case DecisionAction.Dismiss when !isReported && album.State != AlbumState.Held:
                return new ModerationErrors.NothingToDismiss();
            case DecisionAction.Dismiss or DecisionAction.Warn:
                album.Release();
                return Result.Success;
            case DecisionAction.Hold when album.State == AlbumState.Held:
                return new ModerationErrors.AlreadySo(ModerationErrorTexts.AlbumIsHidden);
            case DecisionAction.Hold or DecisionAction.Remove when album.State == AlbumState.Removed:
                return new ModerationErrors.AlreadySo(ModerationErrorTexts.AlbumIsRemoved);
            case DecisionAction.Hold:
                album.Hide(AlbumState.Held, text.Message);
                return Result.Success;
            case DecisionAction.Remove:
                album.Hide(AlbumState.Removed, text.Message);
                return Result.Success;
            default:
                return NotForThis();
        }
    }
}
