using GoImg.Core.Accounts;
using GoImg.Core.Jobs;
using GoImg.Core.Shared;
using GoImg.Infrastructure.Database;
using Microsoft.EntityFrameworkCore;

namespace GoImg.Infrastructure.Jobs;

internal sealed class JobQueries(GoImgDbContext db) : IJobQueries
{
    public async Task<Result<JobOverview>> OverviewAsync(Actor actor, CancellationToken cancellationToken)
    {
        if (!actor.IsAdmin)
            return new NotFound("page");

        var kinds = await db
            .Database.SqlQuery<JobKindCounts>(
                $"""
                SELECT kind AS "Kind", count(*) FILTER (WHERE state = 'Waiting')::int AS "Waiting", count(*) FILTER (WHERE state = 'Waiting' AND run_at > now())::int AS "Later",
                       count(*) FILTER (WHERE state = 'Running')::int AS "Running", count(*) FILTER (WHERE state = 'Dead')::int AS "Dead",
                       count(*) FILTER (WHERE state = 'Done' AND finished_at > now() - interval '1 hour')::int AS "DoneInHour",
                       count(*) FILTER (WHERE state = 'Done' AND finished_at > now() - interval '1 day')::int AS "DoneInDay"
                FROM jobs GROUP BY kind ORDER BY kind
                """
            )
            .ToListAsync(cancellationToken);
        var oldest = await db
            .Database.SqlQuery<TimeSpan?>($"""SELECT now() - min(run_at) AS "Value" FROM jobs WHERE state = 'Waiting' AND run_at <= now()""")
            .SingleAsync(cancellationToken);
        return new JobOverview(kinds, oldest, await db.Images.CountAsync(i => i.DamagedAt != null, cancellationToken));
    }

    public async Task<Result<Page<JobView>>> ListAsync(Actor actor, JobFilter filter, Cursor? after, int take, CancellationToken cancellationToken)
    {
        if (!actor.IsAdmin)
            return new NotFound("page");

        var jobs = db.Set<JobRow>().AsNoTracking();
        if (filter.State is { } state)
            jobs = jobs.Where(j => j.State == state);
        if (!string.IsNullOrEmpty(filter.Kind))
            jobs = jobs.Where(j => j.Kind == filter.Kind);

        return await View(jobs.NewestFirst(j => j.CreatedAt, j => j.Id, after, id => id))
            .PageAsync(take, j => new Cursor(j.CreatedAt, j.Id), cancellationToken);
    }

    public async Task<Result<JobView>> FindAsync(Actor actor, Guid id, CancellationToken cancellationToken) =>
        actor.IsAdmin && await View(db.Set<JobRow>().AsNoTracking().Where(j => j.Id == id)).SingleOrDefaultAsync(cancellationToken) is { } job
            ? job
            : new NotFound("job");

    private static IQueryable<JobView> View(IQueryable<JobRow> jobs) =>
        jobs.Select(j => new JobView(j.Id, j.Kind, j.State, j.Payload, j.Attempts, j.LastError, j.CreatedAt, j.RunAt, j.FinishedAt));
}
