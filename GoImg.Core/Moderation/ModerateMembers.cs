using GoImg.Core.Accounts;
using GoImg.Core.Audit;
using GoImg.Core.Shared;

namespace GoImg.Core.Moderation;

/// <summary>Decisions on accounts: suspensions by staff; bans, their end and roles by admins.</summary>
public sealed class ModerateMembers(
    AccountSanctions sanctions,
    ModerationAccess access,
    IMembers members,
    CaseClaims claims,
    SignOutEverywhere signOut,
    IAuditLog audit,
    IUnitOfWork unitOfWork
)
{
    public Task<Result<Decision>> SuspendAsync(
        Actor actor,
        MemberId id,
        DateTimeOffset until,
        string? note,
        string? message,
        CancellationToken cancellationToken
    ) => DecideAsync(actor, id, DecisionAction.Suspend, until, Text(DecisionAction.Suspend, note, message), cancellationToken);

    public Task<Result<Decision>> BanAsync(Actor actor, MemberId id, string? note, string? message, CancellationToken cancellationToken) =>
        DecideAsync(actor, id, DecisionAction.Ban, null, Text(DecisionAction.Ban, note, message), cancellationToken);

    /// <summary>Ends a suspension or a ban.</summary>
    public Task<Result<Decision>> ReinstateAsync(Actor actor, MemberId id, string? note, string? message, CancellationToken cancellationToken) =>
        DecideAsync(actor, id, DecisionAction.Reinstate, null, Text(DecisionAction.Reinstate, note, message), cancellationToken);

    /// <summary>Signs the member out everywhere, so that no session keeps the old role (and no token outlives it).</summary>
    public async Task<Result> ChangeRoleAsync(Actor actor, MemberId id, Role role, CancellationToken cancellationToken)
    {
        if (!actor.IsStaff)
            return new NotFound("member");
        // Before anything is read: who waits here sees what the other admin did.
        await members.LockAdminsAsync(cancellationToken);
        if (await members.FindAsync(id, cancellationToken) is not { } member)
            return new NotFound("member");
        if (await access.RefuseAsync(actor, member, role, cancellationToken) is { } refused)
            return refused;
        if (member.Role == role)
            return Result.Success;

        audit.Add(actor, AuditAction.RoleChanged, AuditSubject.Of(id), member.Role.ToString().ToLowerInvariant(), role.ToString().ToLowerInvariant());
        member.Grant(role);
        await signOut.RunAsync(id, except: null, cancellationToken);
        return await unitOfWork.CommitAsync(cancellationToken);
    }

    private async Task<Result<Decision>> DecideAsync(
        Actor actor,
        MemberId id,
        DecisionAction action,
        DateTimeOffset? until,
        Result<DecisionText> text,
        CancellationToken cancellationToken
    )
    {
        if (!actor.IsStaff)
            return new NotFound("member");
        await members.LockAdminsAsync(cancellationToken);
        if (await members.FindAsync(id, cancellationToken) is not { } member)
            return new NotFound("member");

        var decision = await sanctions.ApplyAsync(actor, member, action, until, text, cancellationToken);
        if (!decision.IsSuccess)
            return decision;
        await CloseCaseAsync(actor, decision.Value, cancellationToken);
        var saved = await unitOfWork.CommitAsync(cancellationToken);
        return saved.IsSuccess ? decision : saved.Error!;
    }

    // What reports about the member asked for was done here.
    private async Task CloseCaseAsync(Actor actor, Decision decision, CancellationToken cancellationToken)
    {
        if (
            decision.Action == DecisionAction.Reinstate
            || await claims.FindFreeAsync(actor, decision.Subject, cancellationToken) is not { } reportCase
        )
            return;

        decision.Because(decision.Subject, reportCase.Id);
        reportCase.Close(decision);
    }

    private static Result<DecisionText> Text(DecisionAction action, string? note, string? message) =>
        DecisionText.Create(ModerationSubjectKind.Member, action, note, message);
}
