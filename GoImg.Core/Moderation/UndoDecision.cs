using GoImg.Core.Accounts;
using GoImg.Core.Audit;
using GoImg.Core.Moderation.Subjects;
using GoImg.Core.Shared;

namespace GoImg.Core.Moderation;

/// <summary>Takes a decision back: subject, account and case are as they were before it.</summary>
public sealed class UndoDecision(
    StaffAccess staff,
    ModerationSubjects subjects,
    AccountSanctions accounts,
    IMembers members,
    ICases cases,
    IDecisions decisions,
    IAuditLog audit,
    IUnitOfWork unitOfWork,
    TimeProvider time
)
{
    /// <summary>Of two moderators at once the second gets <see cref="ModerationErrors.AlreadyUndone"/>.</summary>
    public Task<Result> UndoAsync(Actor actor, DecisionId id, CancellationToken cancellationToken) =>
        // a stale save means that a job or another decision came in between; the next try meets it
        unitOfWork.RetryAsync(() => TryUndoAsync(actor, id, cancellationToken), cancellationToken);

    private async Task<Result> TryUndoAsync(Actor actor, DecisionId id, CancellationToken cancellationToken)
    {
        if (actor.IsStaff)
            await members.LockAdminsAsync(cancellationToken);
        if (await staff.RefuseAsync(actor, "decision", cancellationToken) is { } refused)
            return refused;
        if (await decisions.FindAsync(id, cancellationToken) is not { } decision)
            return new NotFound("decision");
        if (decision.UndoneAt is not null)
            return new ModerationErrors.AlreadyUndone();
        if (ModerationAccess.RefuseOwn(actor, decision.MemberId) is { } own)
            return own;
        if ((await decisions.LaterDecisionsAsync(decision, cancellationToken)).Any(decision.IsOverlaidBy))
            return new ModerationErrors.LaterDecision();

        var reverted = decision.IsOnAccount
            ? await RevertAccountAsync(actor, decision, cancellationToken)
            : await RevertSubjectAsync(actor, decision, cancellationToken);
        if (reverted.Error is { } notNow)
            return notNow;

        await ReopenCaseAsync(decision, cancellationToken);
        decision.Undo(actor, time.GetUtcNow());
        audit.Add(
            actor,
            AuditAction.DecisionUndone,
            decision.IsOnAccount ? AuditSubject.Of(decision.MemberId!.Value) : decision.Subject.AsAuditSubject(),
            decision.After.Describe(),
            reverted.Value.Describe()
        );
        return Result.Success;
    }

    /// <summary>Answers how the account is now.</summary>
    private async Task<Result<SubjectState>> RevertAccountAsync(Actor actor, Decision decision, CancellationToken cancellationToken)
    {
        if (await members.FindAsync(decision.MemberId!.Value, cancellationToken) is not { } member)
            return new NotFound("member");
        var reverted = await accounts.RevertAsync(actor, member, decision, cancellationToken);
        return reverted.Error is { } error ? error : decision.Before;
    }

    /// <summary>Answers how the subject is now.</summary>
    private async Task<Result<SubjectState>> RevertSubjectAsync(Actor actor, Decision decision, CancellationToken cancellationToken)
    {
        var subject =
            await subjects.FindAsync(decision.Subject, cancellationToken)
            ?? await subjects.WithoutAsync(decision.Subject, decision.MemberId, cancellationToken);
        var reverted = await subject.RevertAsync(actor, decision.Before, decision.After, cancellationToken);
        return reverted.Error is { } error ? error : subject.State;
    }

    private async Task ReopenCaseAsync(Decision decision, CancellationToken cancellationToken)
    {
        if (decision.CaseId is not { } id || await cases.FindAsync(id, cancellationToken) is not { } closed || closed.DecisionId != decision.Id)
            return;
        // A newer report opened another case; the moderators will see the subject in that one.
        if (await cases.FindOpenAsync(closed.Subject, cancellationToken) is null)
            closed.Reopen();
    }
}
