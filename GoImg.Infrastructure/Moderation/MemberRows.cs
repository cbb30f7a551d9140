using System.Linq.Expressions;
using GoImg.Core.Accounts;
using GoImg.Core.Images;
using GoImg.Core.Moderation;
using GoImg.Core.Shared;
using GoImg.Infrastructure.Database;
using GoImg.Infrastructure.Images;
using Microsoft.EntityFrameworkCore;

namespace GoImg.Infrastructure.Moderation;

/// <summary>Members with their records, for staff; who may ask is checked by the caller.</summary>
internal sealed class MemberRows(GoImgDbContext db)
{
    public async Task<Page<MemberRow>> SearchAsync(MemberFilter filter, Cursor? after, int take, CancellationToken cancellationToken)
    {
        var members = db.Members.AsNoTracking();
        if (filter.Status is { } status)
            members = members.Where(m => m.Status == status);
        if (filter.Role is { } role)
            members = members.Where(m => m.Role == role);
        if (!string.IsNullOrWhiteSpace(filter.Text))
        {
            var pattern = LikePattern.Containing(filter.Text.Trim());
            members = members.Where(m =>
                EF.Functions.ILike(m.UsernameKey, pattern, LikePattern.Escape)
                || EF.Functions.ILike(m.DisplayName, pattern, LikePattern.Escape)
                || EF.Functions.ILike((string)(object)m.Email, pattern, LikePattern.Escape)
            );
        }

        return await Rows(members.NewestFirst(m => m.CreatedAt, m => m.Id, after, id => new MemberId(id)))
            .PageAsync(take, r => new Cursor(r.CreatedAt, r.Id.Value), cancellationToken);
    }

    public async Task<IReadOnlyDictionary<MemberId, MemberRow>> OfAsync(Expression<Func<Member, bool>> which, CancellationToken cancellationToken) =>
        await Rows(db.Members.AsNoTracking().Where(which)).ToDictionaryAsync(r => r.Id, cancellationToken);

    private IQueryable<MemberRow> Rows(IQueryable<Member> members) =>
        members.Select(m => new MemberRow
        {
            Id = m.Id,
            Username = m.Username.Value,
            DisplayName = m.DisplayName,
            Email = m.Email.Value,
            Role = m.Role,
            Status = m.Status,
            SuspendedUntil = m.SuspendedUntil,
            CreatedAt = m.CreatedAt,
            Images = db.Images.Count(i => i.OwnerId == m.Id && i.State != ImageState.Deleted),
            StorageBytes = db.Set<MemberUsage>().Where(u => u.MemberId == m.Id).Select(u => u.Bytes).FirstOrDefault(),
            Reports = db.Set<Report>().Count(r => db.Set<ReportCase>().Any(c => c.Id == r.CaseId && c.OwnerId == m.Id)),
            Decisions = db.Set<Decision>()
                .Count(d => d.MemberId == m.Id && d.UndoneAt == null && d.Action != DecisionAction.Dismiss && d.Action != DecisionAction.Reinstate),
        });
}
