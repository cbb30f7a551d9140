using GoImg.Core.Accounts;
using GoImg.Core.Shared;

namespace GoImg.Core.Moderation.Subjects;

/// <summary>One subject loaded to change, with what moderation can do with its kind. Commits nothing.</summary>
public abstract class ModeratedSubject
{
    public abstract ModerationSubject Subject { get; }

    /// <summary>Whose it is, or the member it is; null when that account is gone.</summary>
    public abstract Member? Owner { get; }

    /// <summary>What a decision may change about it, as it is now.</summary>
    public abstract SubjectState State { get; }

    /// <summary>Who can't see it can't report it either.</summary>
    public abstract bool IsVisibleTo(Actor actor);

    public abstract Evidence ToEvidence();

    /// <summary>Does what was decided, unless it is a sanction on the owner's account.</summary>
    /// <param name="isReported">In an open case; then a decision that changes nothing makes sense too: it closes the case.</param>
    public abstract Task<Result> ApplyAsync(
        Actor actor,
        DecisionAction action,
        DecisionText text,
        bool isReported,
        DateTimeOffset now,
        CancellationToken cancellationToken
    );

    /// <summary>Takes back what a decision changed, and only that. Refused when it is no longer as the decision left it.</summary>
    public abstract Task<Result> RevertAsync(Actor actor, SubjectState before, SubjectState after, CancellationToken cancellationToken);

    protected Error NotForThis() =>
        new ValidationFailed(
            "action",
            Subject.Kind switch
            {
                ModerationSubjectKind.Image => ModerationErrorTexts.NotForImages,
                ModerationSubjectKind.Comment => ModerationErrorTexts.NotForComments,
                ModerationSubjectKind.Album => ModerationErrorTexts.NotForAlbums,
                _ => ModerationErrorTexts.NotForAccounts,
            }
        );
}
