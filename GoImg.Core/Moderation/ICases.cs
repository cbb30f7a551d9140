using GoImg.Core.Accounts;

namespace GoImg.Core.Moderation;

/// <summary>Cases and their reports to change.</summary>
public interface ICases
{
    void Add(ReportCase reportCase);

    /// <summary>A second report by the same member on the same subject, even at the same moment, fails at commit as <see cref="ModerationErrors.AlreadyReported"/>.</summary>
    void Add(Report report);

    Task<bool> HasReportedAsync(ModerationSubject subject, MemberId reporter, CancellationToken cancellationToken);

    Task<ReportCase?> FindAsync(CaseId id, CancellationToken cancellationToken);

    /// <summary>The case a report belongs to.</summary>
    Task<ReportCase?> FindAsync(ReportId id, CancellationToken cancellationToken);

    Task<ReportCase?> FindOpenAsync(ModerationSubject subject, CancellationToken cancellationToken);

    /// <summary>Keeps the subject from being deleted until the unit of work ends, as a foreign key would; false when it is gone.
    /// Who deletes it afterwards finds the case.</summary>
    Task<bool> HoldAsync(ModerationSubject subject, CancellationToken cancellationToken);

    /// <summary>Cases of all states whose subject is of this kind and gone, and that do not know it yet; at most <paramref name="take"/>.</summary>
    Task<IReadOnlyList<ReportCase>> FindLostAsync(ModerationSubjectKind kind, int take, CancellationToken cancellationToken);
}
