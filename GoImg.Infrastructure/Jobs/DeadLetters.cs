using System.Text.Json;
using GoImg.Core.Jobs;
using GoImg.Infrastructure.Database;
using GoImg.Infrastructure.LiveUpdates;
using Microsoft.EntityFrameworkCore;

namespace GoImg.Infrastructure.Jobs;

internal sealed class DeadLetters(GoImgDbContext db, IEnumerable<JobKind> kinds, IServiceProvider scope) : IDeadLetters
{
    public Task<DateTimeOffset?> NewestAsync(string kind, CancellationToken cancellationToken) =>
        Dead.Where(j => j.Kind == kind).MaxAsync(j => j.FinishedAt, cancellationToken);

    public async Task<IReadOnlyList<Guid>> OfKindAsync(string kind, DateTimeOffset? until, int take, CancellationToken cancellationToken) =>
        await Dead.Where(j => j.Kind == kind && j.FinishedAt <= until)
            .OrderBy(j => j.FinishedAt)
            .ThenBy(j => j.Id)
            .Take(take)
            .Select(j => j.Id)
            .ToListAsync(cancellationToken);

    public async Task<DeadJob?> OnRequeuedAsync(Guid id, CancellationToken cancellationToken)
    {
        await db.EnsureTransactionAsync(cancellationToken);
        var job = await ChangeAsync(
            $"""
            UPDATE jobs SET state = 'Waiting', attempts = 0, run_at = now(), turn_at = now(), finished_at = NULL
            WHERE id = {id} AND state = 'Dead' RETURNING kind AS "Kind", payload::text AS "Payload", last_error AS "LastError"
            """,
            cancellationToken
        );
        if (job is null)
            return null;

        try
        {
            if (kinds.FirstOrDefault(k => k.Name == job.Kind) is { } kind)
                await kind.OnRequeuedAsync(scope, job.Payload, cancellationToken);
        }
        catch (JsonException)
        {
            // It dies again, and its reason says why.
        }

        await db.Database.ExecuteSqlRawAsync($"SELECT pg_notify('{PostgresSignals.Jobs}', '')", cancellationToken);
        return new DeadJob(job.Kind, job.LastError);
    }

    public async Task<DeadJob?> RemoveAsync(Guid id, CancellationToken cancellationToken)
    {
        await db.EnsureTransactionAsync(cancellationToken);
        return
            await ChangeAsync(
                $"""DELETE FROM jobs WHERE id = {id} AND state = 'Dead' RETURNING kind AS "Kind", payload::text AS "Payload", last_error AS "LastError" """,
                cancellationToken
            )
                is { } job
            ? new DeadJob(job.Kind, job.LastError)
            : null;
    }

    private IQueryable<JobRow> Dead => db.Set<JobRow>().Where(j => j.State == JobState.Dead);

    private async Task<Changed?> ChangeAsync(FormattableString sql, CancellationToken cancellationToken) =>
        (await db.Database.SqlQuery<Changed>(sql).ToListAsync(cancellationToken)).SingleOrDefault();

    private sealed record Changed(string Kind, string Payload, string? LastError);
}
