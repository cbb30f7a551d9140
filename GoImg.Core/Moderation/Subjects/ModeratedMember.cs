using GoImg.Core.Accounts;
using GoImg.Core.Shared;

namespace GoImg.Core.Moderation.Subjects;

/// <summary>A member. What changes the account is a sanction (<see cref="AccountSanctions"/>); the rest says something and changes nothing.</summary>
internal sealed class ModeratedMember(Member member, ModerationAccess access) : ModeratedSubject
{
    public override ModerationSubject Subject => ModerationSubject.Of(member.Id);

    public override Member Owner => member;

    public override SubjectState State => new() { Member = member.ModerationState };

    public override bool IsVisibleTo(Actor actor) => MemberAccess.CanSee(actor, member);

    public override Evidence ToEvidence() => Evidence.Of(member);

    public override async Task<Result> ApplyAsync(
        Actor actor,
        DecisionAction action,
        DecisionText text,
        bool isReported,
        DateTimeOffset now,
        CancellationToken cancellationToken
    )
    {
        if (action is not (DecisionAction.Dismiss or DecisionAction.Warn))
            return NotForThis();
        if (action == DecisionAction.Dismiss && !isReported)
            return new ModerationErrors.NothingToDismiss();
        return await access.RefuseAsync(actor, member, action, cancellationToken) is { } refused ? refused : Result.Success;
    }

    public override async Task<Result> RevertAsync(Actor actor, SubjectState before, SubjectState after, CancellationToken cancellationToken) =>
        await access.RefuseAsync(actor, member, DecisionAction.Warn, cancellationToken) is { } refused ? refused : Result.Success;
}
