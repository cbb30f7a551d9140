using GoImg.Core.Accounts;
using GoImg.Core.Moderation;
using GoImg.Core.Shared;
using GoImg.Infrastructure.Database;
using Microsoft.EntityFrameworkCore;

namespace GoImg.Infrastructure.Moderation;

internal sealed class ModerationQueries(GoImgDbContext db, SubjectPreviews previews, MemberRows memberRows, TimeProvider time) : IModerationQueries
{
    public async Task<Result<CaseQueue>> QueueAsync(Actor actor, int page, int perPage, CancellationToken cancellationToken)
    {
        if (!actor.IsStaff)
            return new NotFound("list of reports");

        var open = db.Set<ReportCase>().AsNoTracking().Where(c => c.Status == CaseStatus.Pending || c.Status == CaseStatus.Reviewing);
        var total = await open.Take(CaseQueue.MostCounted).CountAsync(cancellationToken);
        var cases = await open.OrderByDescending(c => c.ReportCount)
            .ThenBy(c => c.OpenedAt)
            .ThenBy(c => c.Id)
            .Skip((Math.Max(1, page) - 1) * perPage)
            .Take(perPage)
            .ToListAsync(cancellationToken);
        return new CaseQueue(await DescribeAsync(actor, cases, cancellationToken), total);
    }

    public async Task<Result<QueueItem>> CaseAsync(Actor actor, CaseId id, CancellationToken cancellationToken)
    {
        if (!actor.IsStaff || await db.Set<ReportCase>().AsNoTracking().SingleOrDefaultAsync(c => c.Id == id, cancellationToken) is not { } found)
            return new NotFound("case");
        return (await DescribeAsync(actor, [found], cancellationToken))[0];
    }

    public async Task<Result<Page<DecisionRow>>> DecisionsAsync(
        Actor actor,
        MemberId? member,
        Cursor? after,
        int take,
        CancellationToken cancellationToken
    )
    {
        if (!actor.IsStaff)
            return new NotFound("list of decisions");

        var decisions = db.Set<Decision>().AsNoTracking();
        if (member is { } id)
            decisions = decisions.Where(d => d.MemberId == id);

        var page = await decisions
            .NewestFirst(d => d.DecidedAt, d => d.Id, after, value => new DecisionId(value))
            .Select(d => new DecisionRow
            {
                Id = d.Id,
                Action = d.Action,
                At = d.DecidedAt,
                Moderator = db.Members.Where(m => m.Id == d.ModeratorId).Select(m => m.UsernameKey).FirstOrDefault(),
                MemberId = d.MemberId,
                Member = db.Members.Where(m => m.Id == d.MemberId).Select(m => m.UsernameKey).FirstOrDefault(),
                Subject = new ModerationSubject(d.SubjectKind, d.SubjectId),
                Preview = null,
                Note = d.Note,
                Message = d.Message,
                UndoneAt = d.UndoneAt,
                UndoneBy = db.Members.Where(m => m.Id == d.UndoneBy).Select(m => m.UsernameKey).FirstOrDefault(),
            })
            .PageAsync(take, r => new Cursor(r.At, r.Id.Value), cancellationToken);
        var found = await previews.OfAsync(actor, [.. page.Items.Select(r => r.Subject).Distinct()], cancellationToken);
        return page with
        {
            Items = [.. page.Items.Select(r => r with { Preview = found.TryGetValue(r.Subject, out var known) ? known.Preview : null })],
        };
    }

    public async Task<Result<Page<MemberRow>>> MembersAsync(
        Actor actor,
        MemberFilter filter,
        Cursor? after,
        int take,
        CancellationToken cancellationToken
    ) => actor.IsStaff ? await memberRows.SearchAsync(filter, after, take, cancellationToken) : new NotFound("list of members");

    public async Task<Result<Page<BanRow>>> BansAsync(Actor actor, Cursor? after, int take, CancellationToken cancellationToken)
    {
        if (!actor.IsStaff)
            return new NotFound("list of bans");

        var bans = db.Set<Decision>().AsNoTracking().Where(d => d.Action == DecisionAction.Ban && d.UndoneAt == null);
        // Of someone who was banned, reinstated and banned again, the last ban is the one that stands.
        var standing = bans.Where(d => !bans.Any(later => later.MemberId == d.MemberId && later.DecidedAt > d.DecidedAt));

        return await standing
            .Join(db.Members.Where(m => m.Status == MemberStatus.Banned), d => d.MemberId, m => m.Id, (d, m) => new { Decision = d, Member = m })
            .NewestFirst(b => b.Decision.DecidedAt, b => b.Decision.Id, after, id => new DecisionId(id))
            .Select(b => new BanRow(b.Decision.Id, b.Member.Id, b.Member.Username.Value, b.Decision.Message, b.Decision.DecidedAt))
            .PageAsync(take, r => new Cursor(r.At, r.Decision.Value), cancellationToken);
    }

    public async Task<Result<MemberRow>> MemberAsync(Actor actor, string username, CancellationToken cancellationToken)
    {
        var key = Username.KeyOf(username);
        return actor.IsStaff && (await memberRows.OfAsync(m => m.UsernameKey == key, cancellationToken)).Values.SingleOrDefault() is { } row
            ? row
            : new NotFound("member");
    }

    public async Task<Result<SubjectRecord>> AboutAsync(Actor actor, ModerationSubject subject, CancellationToken cancellationToken)
    {
        if (!actor.IsStaff)
            return new NotFound(subject.What);
        if (!(await previews.OfAsync(actor, [subject], cancellationToken)).TryGetValue(subject, out var found))
            return new NotFound(subject.What);

        var open = await db.Set<ReportCase>()
            .AsNoTracking()
            .Where(c =>
                c.SubjectKind == subject.Kind && c.SubjectId == subject.Id && (c.Status == CaseStatus.Pending || c.Status == CaseStatus.Reviewing)
            )
            .ToListAsync(cancellationToken);
        var owner = await memberRows.OfAsync(m => m.Id == found.Owner, cancellationToken);
        return new SubjectRecord(
            subject,
            found.Preview,
            owner.Values.SingleOrDefault(),
            (await DescribeAsync(actor, open, cancellationToken)).SingleOrDefault()
        );
    }

    private async Task<IReadOnlyList<QueueItem>> DescribeAsync(Actor actor, List<ReportCase> cases, CancellationToken cancellationToken)
    {
        var ids = cases.ConvertAll(c => c.Id);
        var reports = await db.Set<Report>()
            .AsNoTracking()
            .Where(r => ids.Contains(r.CaseId))
            .OrderBy(r => r.CreatedAt)
            .Select(r => new
            {
                r.CaseId,
                Report = r,
                Reporter = db.Members.Where(m => m.Id == r.ReporterId).Select(m => m.UsernameKey).FirstOrDefault(),
            })
            .ToListAsync(cancellationToken);
        var reportsOf = reports.ToLookup(
            r => r.CaseId,
            r => new ReportRow(r.Report.Id, r.Report.Reason, r.Report.Words, r.Reporter, r.Report.CreatedAt, r.Report.Evidence)
        );
        var claimants = cases.Where(c => c.ClaimedBy is not null).Select(c => c.ClaimedBy!.Value).ToList();
        var names = await db
            .Members.AsNoTracking()
            .Where(m => claimants.Contains(m.Id))
            .ToDictionaryAsync(m => m.Id, m => m.ShownName, cancellationToken);
        var found = await previews.OfAsync(actor, cases.ConvertAll(c => c.Subject), cancellationToken);
        var ownerIds = cases.Select(c => c.OwnerId).OfType<MemberId>().Distinct().ToList();
        var owners = await memberRows.OfAsync(m => ownerIds.Contains(m.Id), cancellationToken);
        var now = time.GetUtcNow();
        return cases.ConvertAll(c =>
        {
            var isClaimed = c.Status == CaseStatus.Reviewing && c.ClaimedUntil > now;
            return new QueueItem
            {
                Id = c.Id,
                Status = c.Status == CaseStatus.Reviewing && !isClaimed ? CaseStatus.Pending : c.Status,
                OpenedAt = c.OpenedAt,
                ReportCount = c.ReportCount,
                ClaimedBy = isClaimed ? c.ClaimedBy : null,
                ClaimedByName = isClaimed ? names.GetValueOrDefault(c.ClaimedBy!.Value) : null,
                ClaimedUntil = isClaimed ? c.ClaimedUntil : null,
                DecisionId = c.DecisionId,
                Subject = c.Subject,
                Preview = found.TryGetValue(c.Subject, out var known) ? known.Preview : null,
                Reports = [.. reportsOf[c.Id]],
                Owner = c.OwnerId is { } owner ? owners.GetValueOrDefault(owner) : null,
            };
        });
    }
}
