using GoImg.Core.Accounts;
using GoImg.Core.Images;
using GoImg.Core.Moderation;
using GoImg.Infrastructure.Database;
using Microsoft.EntityFrameworkCore;

namespace GoImg.Infrastructure.Moderation;

internal sealed class CaseRepository(GoImgDbContext db) : ICases
{
    public void Add(ReportCase reportCase) => db.Add(reportCase);

    public void Add(Report report) => db.Add(report);

    public Task<bool> HasReportedAsync(ImageId image, MemberId reporter, CancellationToken cancellationToken) =>
        db.Set<Report>().AnyAsync(r => r.ImageId == image && r.ReporterId == reporter, cancellationToken);

    public Task<ReportCase?> FindAsync(CaseId id, CancellationToken cancellationToken) =>
        db.Set<ReportCase>().SingleOrDefaultAsync(c => c.Id == id, cancellationToken);

    public Task<ReportCase?> FindAsync(ReportId id, CancellationToken cancellationToken) =>
        db.Set<ReportCase>().SingleOrDefaultAsync(c => db.Set<Report>().Any(r => r.Id == id && r.CaseId == c.Id), cancellationToken);

    public Task<ReportCase?> FindOpenAsync(ImageId image, CancellationToken cancellationToken) =>
        db.Set<ReportCase>()
            .SingleOrDefaultAsync(c => c.ImageId == image && (c.Status == CaseStatus.Pending || c.Status == CaseStatus.Reviewing), cancellationToken);
}
