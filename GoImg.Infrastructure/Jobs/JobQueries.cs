using System.Text.Json;
using GoImg.Core.Accounts;
using GoImg.Core.Images;
using GoImg.Core.Jobs;
using GoImg.Core.Shared;
using GoImg.Infrastructure.Database;
using Microsoft.EntityFrameworkCore;

namespace GoImg.Infrastructure.Jobs;

internal sealed class JobQueries(GoImgDbContext db, IImageQueries images) : IJobQueries
{
    private const int MostDamaged = 10_000;

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
        return new JobOverview(kinds, oldest, await db.Images.Where(i => i.DamagedAt != null).Take(MostDamaged).CountAsync(cancellationToken));
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

        if (filter.IsUnfinished)
            jobs = jobs.Where(j => j.State != JobState.Done);

        var page = await View(jobs.NewestFirst(j => j.CreatedAt, j => j.Id, after, id => id))
            .PageAsync(take, j => new Cursor(j.CreatedAt, j.Id), cancellationToken);
        return page with { Items = await WithImagesAsync(actor, page.Items, cancellationToken) };
    }

    public async Task<Result<JobView>> FindAsync(Actor actor, Guid id, CancellationToken cancellationToken) =>
        actor.IsAdmin && await View(db.Set<JobRow>().AsNoTracking().Where(j => j.Id == id)).SingleOrDefaultAsync(cancellationToken) is { } job
            ? job
            : new NotFound("job");

    // The images that a page speaks of, in one look-up whatever its length.
    private async Task<IReadOnlyList<JobView>> WithImagesAsync(Actor actor, IReadOnlyList<JobView> jobs, CancellationToken cancellationToken)
    {
        var ids = jobs.Select(ImageOf).OfType<ImageId>().Distinct().ToList();
        if (ids.Count == 0)
            return jobs;
        var found = await images.FindAllAsync(actor, ids, cancellationToken);
        return
        [
            .. jobs.Select(job =>
                ImageOf(job) is { } id && found.TryGetValue(id, out var image)
                    ? job with
                    {
                        Image = new(image.Tile.Slug, image.IsListed ? image.Tile.ShownTitle : null, image.Tile.RenditionSet),
                    }
                    : job
            ),
        ];
    }

    private static ImageId? ImageOf(JobView job)
    {
        using var payload = JsonDocument.Parse(job.Payload);
        return
            payload.RootElement is { ValueKind: JsonValueKind.Object } root
            && root.TryGetProperty("image_id", out var value)
            && value.ValueKind == JsonValueKind.String
            && value.TryGetGuid(out var id)
            ? new ImageId(id)
            : null;
    }

    private static IQueryable<JobView> View(IQueryable<JobRow> jobs) =>
        jobs.Select(j => new JobView(j.Id, j.Kind, j.State, j.Payload, j.Attempts, j.LastError, j.CreatedAt, j.RunAt, j.FinishedAt, null));
}
