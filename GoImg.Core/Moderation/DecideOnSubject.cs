using GoImg.Core.Accounts;
using GoImg.Core.Audit;
using GoImg.Core.Moderation.Subjects;
using GoImg.Core.Shared;

namespace GoImg.Core.Moderation;

/// <summary>A moderator's decision about a subject, reported or not. Staff only; everybody else finds no such thing.</summary>
public sealed class DecideOnSubject(
    StaffAccess staff,
    ModerationSubjects subjects,
    AccountSanctions accounts,
    IMembers members,
    ICases cases,
    CaseClaims claims,
    IDecisions decisions,
    IAuditLog audit,
    IUnitOfWork unitOfWork,
    TimeProvider time
)
{
    /// <summary>Does what was decided, closes the subject's case, tells the owner and writes the audit log, all or nothing.
    /// Of two moderators at once the second gets <see cref="ModerationErrors.AlreadyDecided"/>.</summary>
    public Task<Result<Decision>> DecideAsync(Actor actor, ModerationRequest request, CancellationToken cancellationToken) =>
        // a stale save means another report or decision came in between; the next try meets it
        unitOfWork.RetryAsync(() => TryDecideAsync(actor, request, cancellationToken), cancellationToken);

    private async Task<Result<Decision>> TryDecideAsync(Actor actor, ModerationRequest request, CancellationToken cancellationToken)
    {
        var isOnAccount = request.Action is DecisionAction.Suspend or DecisionAction.Ban;
        if (isOnAccount && actor.IsStaff)
            await members.LockAdminsAsync(cancellationToken);
        if (await staff.RefuseAsync(actor, request.Subject.What, cancellationToken) is { } refused)
            return refused;
        var reportCase = request.Case is { } id
            ? await cases.FindAsync(id, cancellationToken)
            : await cases.FindOpenAsync(request.Subject, cancellationToken);
        if (request.Case is not null && reportCase?.Subject != request.Subject)
            return new NotFound("case");
        if (await FindAsync(request.Subject, reportCase, cancellationToken) is not { } subject)
            return new NotFound(request.Subject.What);
        if (ModerationAccess.RefuseOwn(actor, subject.Owner?.Id ?? reportCase?.OwnerId) is { } own)
            return own;
        if (reportCase is not null && await claims.RefuseAsync(actor, reportCase, cancellationToken) is { } taken)
            return taken;
        var text = DecisionText.Create(request.Subject.Kind, request.Action, request.Note, request.Message);
        if (!isOnAccount && text.Error is { } wrong)
            return wrong;

        var decision = isOnAccount
            ? await SanctionAsync(actor, subject, request, text, cancellationToken)
            : await ApplyAsync(actor, subject, request.Action, text.Value, isReported: reportCase is not null, cancellationToken);
        if (!decision.IsSuccess)
            return decision;

        decision.Value.Because(request.Subject, reportCase?.Id);
        if (request.Action != DecisionAction.Hold)
            reportCase?.Close(decision.Value);
        return decision;
    }

    // A case outlives its subject.
    private async Task<ModeratedSubject?> FindAsync(ModerationSubject about, ReportCase? reportCase, CancellationToken cancellationToken) =>
        await subjects.FindAsync(about, cancellationToken)
        ?? (reportCase is null ? null : await subjects.WithoutAsync(about, reportCase.OwnerId, cancellationToken));

    private async Task<Result<Decision>> SanctionAsync(
        Actor actor,
        ModeratedSubject subject,
        ModerationRequest request,
        Result<DecisionText> text,
        CancellationToken cancellationToken
    ) =>
        subject.Owner is { } owner
            ? await accounts.ApplyAsync(actor, owner, request.Action, request.Until, text, cancellationToken)
            : new NotFound("member");

    private async Task<Result<Decision>> ApplyAsync(
        Actor actor,
        ModeratedSubject subject,
        DecisionAction action,
        DecisionText text,
        bool isReported,
        CancellationToken cancellationToken
    )
    {
        // There would be no one to read it.
        if (action == DecisionAction.Warn && subject.Owner is null)
            return new NotFound("member");
        var now = time.GetUtcNow();
        var before = subject.State;
        var applied = await subject.ApplyAsync(actor, action, text, isReported, now, cancellationToken);
        if (applied.Error is { } refused)
            return refused;

        var decision = Decision.On(actor, subject.Subject, subject.Owner?.Id, action, text, before, subject.State, now);
        decisions.Add(decision);
        audit.Add(
            actor,
            DecisionLabels.ActionName(subject.Subject.Kind, action),
            subject.Subject.AsAuditSubject(),
            before.Describe(),
            subject.State.Describe()
        );
        return decision;
    }
}
