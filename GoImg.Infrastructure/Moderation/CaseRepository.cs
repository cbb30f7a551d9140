using GoImg.Core.Accounts;
using GoImg.Core.Albums;
using GoImg.Core.Moderation;
using GoImg.Core.Social;
using GoImg.Infrastructure.Database;
using Microsoft.EntityFrameworkCore;

namespace GoImg.Infrastructure.Moderation;

internal sealed class CaseRepository(GoImgDbContext db) : ICases
{
    public void Add(ReportCase reportCase) => db.Add(reportCase);

    public void Add(Report report) => db.Add(report);

    public Task<bool> HasReportedAsync(ModerationSubject subject, MemberId reporter, CancellationToken cancellationToken) =>
        db.Set<Report>().AnyAsync(r => r.SubjectKind == subject.Kind && r.SubjectId == subject.Id && r.ReporterId == reporter, cancellationToken);

    public Task<ReportCase?> FindAsync(CaseId id, CancellationToken cancellationToken) =>
        db.Set<ReportCase>().SingleOrDefaultAsync(c => c.Id == id, cancellationToken);

    public Task<ReportCase?> FindAsync(ReportId id, CancellationToken cancellationToken) =>
        db.Set<ReportCase>().SingleOrDefaultAsync(c => db.Set<Report>().Any(r => r.Id == id && r.CaseId == c.Id), cancellationToken);

    public Task<ReportCase?> FindOpenAsync(ModerationSubject subject, CancellationToken cancellationToken) =>
        db.Set<ReportCase>()
            .SingleOrDefaultAsync(
                c =>
                    c.SubjectKind == subject.Kind
                    && c.SubjectId == subject.Id
                    && (c.Status == CaseStatus.Pending || c.Status == CaseStatus.Reviewing),
                cancellationToken
            );

    // The lock that a foreign key would take.
    public async Task<bool> HoldAsync(ModerationSubject subject, CancellationToken cancellationToken)
    {
        await db.EnsureTransactionAsync(cancellationToken);
        FormattableString held = subject.Kind switch
        {
            ModerationSubjectKind.Image => $"""SELECT id AS "Value" FROM images WHERE id = {subject.Id} FOR KEY SHARE""",
            ModerationSubjectKind.Comment => $"""SELECT id AS "Value" FROM comments WHERE id = {subject.Id} FOR KEY SHARE""",
            ModerationSubjectKind.Album => $"""SELECT id AS "Value" FROM albums WHERE id = {subject.Id} FOR KEY SHARE""",
            _ => $"""SELECT id AS "Value" FROM members WHERE id = {subject.Id} FOR KEY SHARE""",
        };
        return await db.Database.SqlQuery<Guid>(held).ToListAsync(cancellationToken) is { Count: > 0 };
    }

    public async Task<IReadOnlyList<ReportCase>> FindLostAsync(ModerationSubjectKind kind, int take, CancellationToken cancellationToken)
    {
        var unaware = db.Set<ReportCase>().Where(c => c.SubjectKind == kind && c.SubjectDeletedAt == null);
        var lost = kind switch
        {
            ModerationSubjectKind.Image => unaware.Where(c => !db.Images.Any(i => (Guid)(object)i.Id == c.SubjectId)),
            ModerationSubjectKind.Comment => unaware.Where(c => !db.Set<Comment>().Any(o => (Guid)(object)o.Id == c.SubjectId)),
            ModerationSubjectKind.Album => unaware.Where(c => !db.Set<Album>().IgnoreQueryFilters().Any(a => (Guid)(object)a.Id == c.SubjectId)),
            _ => unaware.Where(c => !db.Members.Any(m => (Guid)(object)m.Id == c.SubjectId)),
        };
        return await lost.OrderBy(c => c.Id).Take(take).ToListAsync(cancellationToken);
    }
}
