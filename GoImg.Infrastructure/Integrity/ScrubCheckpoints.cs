using GoImg.Core.Integrity;
using GoImg.Infrastructure.Database;
using Microsoft.EntityFrameworkCore;

namespace GoImg.Infrastructure.Integrity;

internal sealed class ScrubCheckpoints(GoImgDbContext db) : IScrubCheckpoints
{
    public async Task<ScrubCheckpoint?> ResumeAsync(string name, TimeSpan interval, CancellationToken cancellationToken)
    {
        await db.Database.ExecuteSqlAsync(
            $"""
            INSERT INTO walks AS walk (name, started_at) VALUES ({name}, now())
            ON CONFLICT (name) DO UPDATE SET started_at = now(), finished_at = NULL, after_id = NULL
            WHERE walk.finished_at IS NOT NULL AND walk.started_at <= now() - {interval}
            """,
            cancellationToken
        );
        return await db.Set<ScrubCheckpointRow>()
            .AsNoTracking()
            .Where(w => w.Name == name && w.FinishedAt == null)
            .Select(w => new ScrubCheckpoint(w.AfterId))
            .SingleOrDefaultAsync(cancellationToken);
    }

    public Task SaveAsync(string name, ScrubCheckpoint walk, CancellationToken cancellationToken) =>
        db.Database.ExecuteSqlAsync(
            $"UPDATE walks SET after_id = {walk.After!.Value.Value} WHERE name = {name} AND finished_at IS NULL",
            cancellationToken
        );

    public Task FinishAsync(string name, CancellationToken cancellationToken) =>
        db.Database.ExecuteSqlAsync($"UPDATE walks SET finished_at = now() WHERE name = {name} AND finished_at IS NULL", cancellationToken);
}
