using GoImg.Core.Accounts;
using GoImg.Core.Events;

namespace GoImg.Core.Moderation;

/// <summary><c>Pending ⇄ Reviewing → Resolved | Dismissed</c>; undoing the decision makes it pending again.</summary>
public enum CaseStatus
{
    Pending,

    /// <summary>Somebody works on it, until the claim runs out.</summary>
    Reviewing,

    /// <summary>Something was done about the subject or its owner, or nothing is left of either.</summary>
    Resolved,

    /// <summary>Nothing was wrong.</summary>
    Dismissed,
}

/// <summary>All open reports about one subject: what a moderator decides on. There is at most one open case a subject. It outlives its subject.</summary>
public sealed class ReportCase : Aggregate
{
    /// <summary>How long a claim keeps others away.</summary>
    public static readonly TimeSpan ClaimTime = TimeSpan.FromMinutes(15);

    private ReportCase() { }

    public CaseId Id { get; private set; }

    public ModerationSubjectKind SubjectKind { get; private set; }

    public Guid SubjectId { get; private set; }

    public ModerationSubject Subject => new(SubjectKind, SubjectId);

    /// <summary>When the subject was found deleted permanently; null while it is there.</summary>
    public DateTimeOffset? SubjectDeletedAt { get; private set; }

    /// <summary>Whose the subject is, or the member it is; null for a comment whose author's account was erased before.</summary>
    public MemberId? OwnerId { get; private set; }

    public CaseStatus Status { get; private set; }

    public int ReportCount { get; private set; }

    public MemberId? ClaimedBy { get; private set; }

    public DateTimeOffset? ClaimedUntil { get; private set; }

    /// <summary>What closed it; null while open, and when it closed because nothing was left to decide.</summary>
    public DecisionId? DecisionId { get; private set; }

    public DateTimeOffset OpenedAt { get; private set; }

    public int Version { get; private set; }

    public bool IsOpen => Status is CaseStatus.Pending or CaseStatus.Reviewing;

    public static ReportCase Open(ModerationSubject subject, MemberId? owner, DateTimeOffset now) =>
        new()
        {
            Id = CaseId.New(),
            SubjectKind = subject.Kind,
            SubjectId = subject.Id,
            OwnerId = owner,
            Status = CaseStatus.Pending,
            OpenedAt = now,
        };

    /// <summary>Counting changes the version: a decision made at this moment can't close over a report that no one has read.</summary>
    public void Receive(Report report)
    {
        ReportCount++;
        Record(new ReportFiled(report.Id, Id));
    }

    /// <summary>Somebody else's claim that still holds.</summary>
    public bool IsClaimedFrom(Actor actor, DateTimeOffset now) => Status == CaseStatus.Reviewing && ClaimedBy != actor.MemberId && ClaimedUntil > now;

    public void Claim(MemberId moderator, DateTimeOffset now)
    {
        Status = CaseStatus.Reviewing;
        ClaimedBy = moderator;
        ClaimedUntil = now + ClaimTime;
    }

    public void Release()
    {
        Status = CaseStatus.Pending;
        ClaimedBy = null;
        ClaimedUntil = null;
    }

    public void Close(Decision decision)
    {
        Release();
        Status = decision.Action == DecisionAction.Dismiss ? CaseStatus.Dismissed : CaseStatus.Resolved;
        DecisionId = decision.Id;
    }

    public void Reopen()
    {
        Release();
        DecisionId = null;
    }

    /// <summary>The subject was deleted permanently. An open case goes on while there is an account to decide about; else it closes as resolved.</summary>
    public void LoseSubject(bool hasOwner, DateTimeOffset now)
    {
        SubjectDeletedAt ??= now;
        if (!IsOpen || hasOwner)
            return;

        Release();
        Status = CaseStatus.Resolved;
    }
}
