using GoImg.Core.Accounts;
using GoImg.Core.Audit;
using GoImg.Core.Jobs;
using GoImg.Core.Shared;

namespace GoImg.Core.Moderation;

/// <summary>Ends a suspension when its time has come.</summary>
public sealed record LiftSuspensionJob(MemberId MemberId) : IJob
{
    public static string Kind => "account.lift_suspension";
}

public sealed class LiftSuspension(IMembers members, IAuditLog audit, IUnitOfWork unitOfWork, TimeProvider time) : IJobHandler<LiftSuspensionJob>
{
    public async Task<JobOutcome> HandleAsync(LiftSuspensionJob job, JobAttempt attempt, CancellationToken cancellationToken)
    {
        var member = await members.FindAsync(job.MemberId, cancellationToken);
        // Prolonged, banned or lifted meanwhile: then another job or a person has the last word.
        if (member is not { Status: MemberStatus.Suspended, SuspendedUntil: { } until } || until > time.GetUtcNow())
            return new JobOutcome.Done();

        audit.Add(Actor.System, AuditAction.SuspensionEnded, AuditSubject.Of(member.Id), AccountSanctions.Describe(member.ModerationState), "active");
        member.Reinstate();
        var saved = await unitOfWork.CommitAsync(cancellationToken);
        return saved.IsSuccess ? new JobOutcome.Done() : new JobOutcome.Retry(saved.Error!.Message);
    }
}
