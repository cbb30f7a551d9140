using System.Globalization;
using GoImg.Core.Accounts;
using GoImg.Core.Audit;
using GoImg.Core.Shared;

namespace GoImg.Core.Moderation;

/// <summary>The part of a decision that falls on an account, from the queue and the members page alike. Commits nothing.</summary>
public sealed class AccountSanctions(ModerationAccess access, IDecisions decisions, SignOutEverywhere signOut, IAuditLog audit, TimeProvider time)
{
    public static readonly TimeSpan LongestSuspension = TimeSpan.FromDays(365);

    public async Task<Result<Decision>> ApplyAsync(
        Actor actor,
        Member member,
        DecisionAction action,
        DateTimeOffset? until,
        Result<DecisionText> text,
        CancellationToken cancellationToken
    )
    {
        if (await access.RefuseAsync(actor, member, action, cancellationToken) is { } refused)
            return refused;
        // Who may not do it is told that first.
        if (text.Error is { } wrong)
            return wrong;

        var now = time.GetUtcNow();
        var before = member.ModerationState;
        switch (action)
        {
            case DecisionAction.Ban when member.Status == MemberStatus.Banned:
                return new ModerationErrors.AlreadySo(ModerationErrorTexts.AccountIsBanned);
            case DecisionAction.Ban:
                member.Ban();
                break;
            case DecisionAction.Suspend when until is not { } end || end <= now || end > now + LongestSuspension:
                return new ValidationFailed("until", ModerationErrorTexts.UntilOutOfRange.With(LongestSuspension.Days));
            case DecisionAction.Suspend when member.Status is not (MemberStatus.Active or MemberStatus.Suspended):
                return new ModerationErrors.AlreadySo(ModerationErrorTexts.AccountIsClosed);
            case DecisionAction.Suspend:
                member.Suspend(until!.Value);
                break;
            case DecisionAction.Reinstate when member.Status is not (MemberStatus.Suspended or MemberStatus.Banned):
                return new ModerationErrors.AlreadySo(ModerationErrorTexts.AccountIsOpen);
            case DecisionAction.Reinstate:
                member.Reinstate();
                break;
            default:
                return new ValidationFailed("action", ModerationErrorTexts.NotForAccounts);
        }

        var decision = Decision.On(
            actor,
            ModerationSubject.Of(member.Id),
            member.Id,
            action,
            text.Value,
            new SubjectState { Member = before },
            new SubjectState { Member = member.ModerationState },
            now
        );
        decisions.Add(decision);
        audit.Add(actor, ActionName(action), AuditSubject.Of(member.Id), Describe(before), Describe(member.ModerationState));
        await EndSessionsAsync(member, cancellationToken);
        return decision;
    }

    /// <summary>Takes a decision on an account back.</summary>
    public async Task<Result> RevertAsync(Actor actor, Member member, Decision decision, CancellationToken cancellationToken)
    {
        // Taking a reinstatement back closes the account again: that needs the right to close it.
        var action = (decision.Action, decision.Before.Member!.Status) switch
        {
            (DecisionAction.Reinstate, MemberStatus.Banned) => DecisionAction.Ban,
            (DecisionAction.Reinstate, _) => DecisionAction.Suspend,
            _ => decision.Action,
        };
        if (await access.RefuseAsync(actor, member, action, cancellationToken) is { } refused)
            return refused;
        var reverted = member.Revert(decision.Before.Member, decision.After.Member!);
        if (!reverted.IsSuccess)
            return reverted;

        await EndSessionsAsync(member, cancellationToken);
        return Result.Success;
    }

    internal static string Describe(MemberModerationState standing) =>
        standing.Status == MemberStatus.Suspended
            ? string.Create(CultureInfo.InvariantCulture, $"suspended until {standing.SuspendedUntil:yyyy-MM-dd HH:mm} UTC")
            : standing.Status.ToString().ToLowerInvariant();

    private static string ActionName(DecisionAction action) =>
        action switch
        {
            DecisionAction.Ban => AuditAction.Banned,
            DecisionAction.Suspend => AuditAction.Suspended,
            _ => AuditAction.Reinstated,
        };

    private async Task EndSessionsAsync(Member member, CancellationToken cancellationToken)
    {
        if (member.Status != MemberStatus.Active)
            await signOut.RunAsync(member.Id, except: null, cancellationToken);
    }
}
