using GoImg.Core.Accounts;
using GoImg.Core.Images;
using GoImg.Core.Moderation;
using GoImg.Core.Shared;
using GoImg.Infrastructure.Database;
using Microsoft.EntityFrameworkCore;

namespace GoImg.Infrastructure.Moderation;

internal sealed class ModerationQueries(GoImgDbContext db, IImageQueries images, MemberRows memberRows, TimeProvider time) : IModerationQueries
{
    public async Task<Result<CaseQueue>> QueueAsync(Actor actor, int page, int perPage, CancellationToken cancellationToken)
    {
        if (!actor.IsStaff)
            return new NotFound("list of reports");

        var open = db.Set<ReportCase>().AsNoTracking().Where(c => c.Status == CaseStatus.Pending || c.Status == CaseStatus.Reviewing);
        var total = await open.CountAsync(cancellationToken);
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
        var items = await DescribeAsync(actor, [found], cancellationToken);
        return items.Count > 0 ? items[0] : new NotFound("case");
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

        return await decisions
            .NewestFirst(d => d.DecidedAt, d => d.Id, after, value => new DecisionId(value))
            .Select(d => new DecisionRow
            {
                Id = d.Id,
                Action = d.Action,
                At = d.DecidedAt,
                Moderator = db.Members.Where(m => m.Id == d.ModeratorId).Select(m => m.UsernameKey).FirstOrDefault(),
                MemberId = d.MemberId,
                Member = db.Members.Where(m => m.Id == d.MemberId).Select(m => m.UsernameKey).FirstOrDefault(),
                ImageId = d.ImageId,
                ImageSlug = db.Images.Where(i => i.Id == d.ImageId).Select(i => i.Slug).FirstOrDefault(),
                ImageTitle = db.Images.Where(i => i.Id == d.ImageId).Select(i => i.Title).FirstOrDefault(),
                Note = d.Note,
                Message = d.Message,
                UndoneAt = d.UndoneAt,
                UndoneBy = db.Members.Where(m => m.Id == d.UndoneBy).Select(m => m.UsernameKey).FirstOrDefault(),
            })
            .PageAsync(take, r => new Cursor(r.At, r.Id.Value), cancellationToken);
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

    public async Task<Result<ImageRecord>> AboutAsync(Actor actor, string slug, CancellationToken cancellationToken)
    {
        if (!actor.IsStaff || await images.FindAsync(actor, slug, cancellationToken) is not { } image)
            return new NotFound("image");

        var open = await db.Set<ReportCase>()
            .AsNoTracking()
            .Where(c => c.ImageId == image.Tile.Id && (c.Status == CaseStatus.Pending || c.Status == CaseStatus.Reviewing))
            .ToListAsync(cancellationToken);
        var owner = await memberRows.OfAsync(m => m.Id == image.OwnerId, cancellationToken);
        return new ImageRecord(image, owner[image.OwnerId], (await DescribeAsync(actor, open, cancellationToken)).SingleOrDefault());
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
        var claimants = cases.Where(c => c.ClaimedBy is not null).Select(c => c.ClaimedBy!.Value).ToList();
        var names = await db
            .Members.AsNoTracking()
            .Where(m => claimants.Contains(m.Id))
            .ToDictionaryAsync(m => m.Id, m => m.ShownName, cancellationToken);

        var found = await images.FindAllAsync(actor, cases.ConvertAll(c => c.ImageId), cancellationToken);
        var views = cases.Where(c => found.ContainsKey(c.ImageId)).Select(c => (Case: c, Image: found[c.ImageId])).ToList();
        var ownerIds = views.Select(v => v.Image.OwnerId).Distinct().ToList();
        var owners = await memberRows.OfAsync(m => ownerIds.Contains(m.Id), cancellationToken);
        var now = time.GetUtcNow();
        return
        [
            .. views.Select(v =>
            {
                var isClaimed = v.Case.Status == CaseStatus.Reviewing && v.Case.ClaimedUntil > now;
                return new QueueItem
                {
                    Id = v.Case.Id,
                    Status = v.Case.Status == CaseStatus.Reviewing && !isClaimed ? CaseStatus.Pending : v.Case.Status,
                    OpenedAt = v.Case.OpenedAt,
                    ReportCount = v.Case.ReportCount,
                    ClaimedBy = isClaimed ? v.Case.ClaimedBy : null,
                    ClaimedByName = isClaimed ? names.GetValueOrDefault(v.Case.ClaimedBy!.Value) : null,
                    ClaimedUntil = isClaimed ? v.Case.ClaimedUntil : null,
                    DecisionId = v.Case.DecisionId,
                    Image = v.Image,
                    Reports =
                    [
                        .. reports
                            .Where(r => r.CaseId == v.Case.Id)
                            .Select(r => new ReportRow(
                                r.Report.Id,
                                r.Report.Reason,
                                r.Report.Words,
                                r.Reporter ?? "deleted member",
                                r.Report.CreatedAt,
                                r.Report.Evidence
                            )),
                    ],
                    Owner = owners[v.Image.OwnerId],
                };
            }),
        ];
    }
}
