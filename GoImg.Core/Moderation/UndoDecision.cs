using GoImg.Core.Accounts;
using GoImg.Core.Audit;
using GoImg.Core.Images;
using GoImg.Core.Shared;

namespace GoImg.Core.Moderation;

/// <summary>Takes a decision back: image, account and case are as they were before it.</summary>
public sealed class UndoDecision(
    Staff staff,
    AccountSanctions accounts,
    IImages images,
    IMembers members,
    ICases cases,
    IDecisions decisions,
    IAuditLog audit,
    IUnitOfWork unitOfWork,
    TimeProvider time
)
{
    public async Task<Result> UndoAsync(Actor actor, DecisionId id, CancellationToken cancellationToken)
    {
        if (actor.IsStaff)
            await members.LockAdminsAsync(cancellationToken);
        if (await staff.RefuseAsync(actor, "decision", cancellationToken) is { } refused)
            return refused;
        if (await decisions.FindAsync(id, cancellationToken) is not { } decision)
            return new NotFound("decision");
        if (decision.UndoneAt is not null)
            return new ModerationErrors.AlreadyUndone();
        if (actor.Is(decision.MemberId))
            return new ModerationErrors.Oneself();
        if ((await decisions.LaterDecisionsAsync(decision, cancellationToken)).Any(decision.IsOverlaidBy))
            return new ModerationErrors.LaterDecision();

        var image = decision.ImageId is { } imageId ? await images.FindAsync(imageId, cancellationToken) : null;
        var reverted = decision.IsOnAccount
            ? await RevertAccountAsync(actor, decision, cancellationToken)
            : image?.Revert(decision.ImageBefore!, decision.ImageAfter!) ?? new ModerationErrors.ImageGone();
        if (!reverted.IsSuccess)
            return reverted;

        await ReopenCaseAsync(decision, cancellationToken);
        Note(actor, decision, image);
        return await unitOfWork.CommitAsync(cancellationToken);
    }

    private void Note(Actor actor, Decision decision, Image? image)
    {
        decision.Undo(actor, time.GetUtcNow());
        audit.Add(
            actor,
            AuditAction.DecisionUndone,
            decision.IsOnAccount ? AuditSubject.Of(decision.MemberId) : decision.ImageId!.Value.AsAuditSubject(),
            decision.IsOnAccount ? AccountSanctions.Describe(decision.MemberAfter!) : DecisionLabels.Describe(decision.ImageAfter!),
            decision.IsOnAccount ? AccountSanctions.Describe(decision.MemberBefore!) : DecisionLabels.Describe(image!.ModerationState)
        );
    }

    private async Task<Result> RevertAccountAsync(Actor actor, Decision decision, CancellationToken cancellationToken) =>
        await members.FindAsync(decision.MemberId, cancellationToken) is { } member
            ? await accounts.RevertAsync(actor, member, decision, cancellationToken)
            : new NotFound("member");

    private async Task ReopenCaseAsync(Decision decision, CancellationToken cancellationToken)
    {
        if (decision.CaseId is not { } id || await cases.FindAsync(id, cancellationToken) is not { } closed || closed.DecisionId != decision.Id)
            return;
        // A newer report opened another case; the moderators will see the image in that one.
        if (await cases.FindOpenAsync(closed.ImageId, cancellationToken) is null)
            closed.Reopen();
    }
}
