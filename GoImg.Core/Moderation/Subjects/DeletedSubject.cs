using GoImg.Core.Accounts;
using GoImg.Core.Shared;

namespace GoImg.Core.Moderation.Subjects;

/// <summary>What is left when the subject of a case was deleted permanently: its owner can still be warned, suspended or banned.</summary>
internal sealed class DeletedSubject(ModerationSubject subject, Member? owner) : ModeratedSubject
{
    public override ModerationSubject Subject => subject;

    public override Member? Owner => owner;

    public override SubjectState State => new();

    public override bool IsVisibleTo(Actor actor) => false;

    public override Evidence ToEvidence() => throw new InvalidOperationException($"{subject} is gone.");

    public override Task<Result> ApplyAsync(
        Actor actor,
        DecisionAction action,
        DecisionText text,
        bool isReported,
        DateTimeOffset now,
        CancellationToken cancellationToken
    ) =>
        Task.FromResult<Result>(
            action switch
            {
                DecisionAction.Dismiss or DecisionAction.Warn => Result.Success,
                _ => new ModerationErrors.SubjectGone(subject.Kind),
            }
        );

    public override Task<Result> RevertAsync(Actor actor, SubjectState before, SubjectState after, CancellationToken cancellationToken) =>
        Task.FromResult<Result>(before == after ? Result.Success : new ModerationErrors.SubjectGone(subject.Kind));
}
