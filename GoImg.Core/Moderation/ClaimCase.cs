using GoImg.Core.Accounts;
using GoImg.Core.Shared;

namespace GoImg.Core.Moderation;

/// <summary>Keeps a case for one moderator, and gives it back. Staff only; everybody else finds no such thing.</summary>
public sealed class ClaimCase(StaffAccess staff, ICases cases, CaseClaims claims, IUnitOfWork unitOfWork, TimeProvider time)
{
    /// <summary>Keeps the case for this moderator for <see cref="ReportCase.ClaimTime"/>; again prolongs it.</summary>
    public async Task<Result> ClaimAsync(Actor actor, CaseId id, CancellationToken cancellationToken)
    {
        var found = await FindAsync(actor, id, cancellationToken);
        if (found.Error is { } error)
            return error;
        if (actor.MemberId is not { } me)
            return new NotAllowed(ModerationErrorTexts.OnlyPeopleClaim);

        found.Value.Claim(me, time.GetUtcNow());
        return await unitOfWork.CommitAsync(cancellationToken);
    }

    /// <summary>Gives a claimed case back to the queue.</summary>
    public async Task<Result> ReleaseAsync(Actor actor, CaseId id, CancellationToken cancellationToken)
    {
        var found = await FindAsync(actor, id, cancellationToken);
        if (found.Error is { } error)
            return error;

        found.Value.Release();
        return await unitOfWork.CommitAsync(cancellationToken);
    }

    private async Task<Result<ReportCase>> FindAsync(Actor actor, CaseId id, CancellationToken cancellationToken)
    {
        if (await staff.RefuseAsync(actor, "case", cancellationToken) is { } refused)
            return refused;
        if (await cases.FindAsync(id, cancellationToken) is not { } reportCase)
            return new NotFound("case");
        return await claims.RefuseAsync(actor, reportCase, cancellationToken) is { } taken ? taken : reportCase;
    }
}
