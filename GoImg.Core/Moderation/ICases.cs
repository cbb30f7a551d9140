using GoImg.Core.Accounts;
using GoImg.Core.Images;

namespace GoImg.Core.Moderation;

/// <summary>Cases and their reports to change.</summary>
public interface ICases
{
    void Add(ReportCase reportCase);

    /// <summary>A second report by the same member on the same image, even at the same moment, fails at commit as <see cref="ModerationErrors.AlreadyReported"/>.</summary>
    void Add(Report report);

    Task<bool> HasReportedAsync(ImageId image, MemberId reporter, CancellationToken cancellationToken);

    Task<ReportCase?> FindAsync(CaseId id, CancellationToken cancellationToken);

    /// <summary>The case a report belongs to.</summary>
    Task<ReportCase?> FindAsync(ReportId id, CancellationToken cancellationToken);

    Task<ReportCase?> FindOpenAsync(ImageId image, CancellationToken cancellationToken);
}
