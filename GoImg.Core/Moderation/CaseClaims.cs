using GoImg.Core.Accounts;
using GoImg.Core.Shared;

namespace GoImg.Core.Moderation;

/// <summary>Who may work on which case now.</summary>
public sealed class CaseClaims(ICases cases, IDecisions decisions, IMembers members, TimeProvider time)
{
    /// <summary>Null when the case is open and no one else has claimed it.</summary>
    public async Task<Error?> RefuseAsync(Actor actor, ReportCase reportCase, CancellationToken cancellationToken)
    {
        if (reportCase.DecisionId is { } decided && await decisions.FindAsync(decided, cancellationToken) is { } decision)
            return new ModerationErrors.AlreadyDecided(await NameAsync(decision.ModeratorId, cancellationToken), decision.DecidedAt);
        if (!reportCase.IsOpen)
            return new ModerationErrors.CaseClosed();
        return reportCase.IsClaimedFrom(actor, time.GetUtcNow())
            ? new ModerationErrors.ClaimedByAnother(await NameAsync(reportCase.ClaimedBy, cancellationToken), reportCase.ClaimedUntil!.Value)
            : null;
    }

    /// <summary>The open case about a subject that this actor may close; null when there is none.</summary>
    public async Task<ReportCase?> FindFreeAsync(Actor actor, ModerationSubject subject, CancellationToken cancellationToken) =>
        await cases.FindOpenAsync(subject, cancellationToken) is { } open && !open.IsClaimedFrom(actor, time.GetUtcNow()) ? open : null;

    private async Task<string> NameAsync(MemberId? id, CancellationToken cancellationToken) =>
        id is { } member && await members.FindAsync(member, cancellationToken) is { } found ? found.ShownName : "GoImg";
}
