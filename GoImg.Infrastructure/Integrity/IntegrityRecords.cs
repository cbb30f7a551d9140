using System.Linq.Expressions;
using GoImg.Core.Images;
using GoImg.Core.Integrity;
using GoImg.Infrastructure.Database;
using Microsoft.EntityFrameworkCore;

namespace GoImg.Infrastructure.Integrity;

internal sealed class IntegrityRecords(GoImgDbContext db) : IIntegrityRecords
{
    public async Task<IReadOnlyList<StoredImage>> PageAsync(ImageId? after, int take, CancellationToken cancellationToken)
    {
        var images = after is { } last ? db.Images.Where(i => EF.Functions.GreaterThan(ValueTuple.Create(i.Id), ValueTuple.Create(last))) : db.Images;
        return await ReadAsync(images.OrderBy(i => i.Id).Take(take), cancellationToken);
    }

    public async Task<IReadOnlyDictionary<ImageId, StoredImage>> FindAsync(IReadOnlyCollection<ImageId> ids, CancellationToken cancellationToken) =>
        (await ReadAsync(db.Images.Where(i => ids.Contains(i.Id)), cancellationToken)).ToDictionary(i => i.Id);

    public IAsyncEnumerable<RecordFinding> OrphanJobsAsync(CancellationToken cancellationToken) =>
        db
            .Database.SqlQuery<RecordFinding>(
                $"""
                SELECT id::text AS "Subject", kind || ' was left running by a process that is gone since ' || to_char(lease_until AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI') || ' UTC.' AS "Detail"
                FROM jobs WHERE state = 'Running' AND lease_until < now() - interval '10 minutes'
                UNION ALL
                SELECT id::text, kind || ' is about an image that does not exist.'
                FROM jobs WHERE state IN ('Waiting', 'Running') AND kind IN ({PrepareImageJob.Kind}, {RefreshImageJob.Kind}) AND created_at < now() - interval '1 day'
                            AND NOT EXISTS (SELECT FROM images WHERE images.id::text = payload->>'image_id')
                """
            )
            .AsAsyncEnumerable();

    public IAsyncEnumerable<RecordFinding> WrongUsageAsync(CancellationToken cancellationToken) =>
        db
            .Database.SqlQuery<RecordFinding>(
                $"""
                SELECT coalesce(usage.member_id, used.owner_id)::text AS "Subject",
                       'Counted are ' || coalesce(usage.bytes, 0) || ' bytes, the images have ' || coalesce(used.bytes, 0) || '.' AS "Detail"
                FROM member_usage usage FULL JOIN (SELECT owner_id, sum(size_bytes) AS bytes FROM images GROUP BY owner_id) used ON used.owner_id = usage.member_id
                WHERE coalesce(usage.bytes, 0) <> coalesce(used.bytes, 0)
                """
            )
            .AsAsyncEnumerable();

    // While a deletion is being told to cases, none of them is lost.
    public IAsyncEnumerable<RecordFinding> LostCasesAsync(CancellationToken cancellationToken) =>
        db
            .Database.SqlQuery<RecordFinding>(
                $"""
                SELECT id::text AS "Subject", 'It is about the ' || lower(subject_kind) || ' ' || subject_id || ', which does not exist.' AS "Detail"
                FROM report_cases
                WHERE subject_deleted_at IS NULL
                  AND NOT EXISTS (SELECT FROM images WHERE subject_kind = 'Image' AND images.id = subject_id)
                  AND NOT EXISTS (SELECT FROM comments WHERE subject_kind = 'Comment' AND comments.id = subject_id)
                  AND NOT EXISTS (SELECT FROM albums WHERE subject_kind = 'Album' AND albums.id = subject_id)
                  AND NOT EXISTS (SELECT FROM members WHERE subject_kind = 'Member' AND members.id = subject_id)
                  AND NOT EXISTS (SELECT FROM jobs WHERE kind = 'event.deliver' AND state IN ('Waiting', 'Running') AND payload->>'subscriber' LIKE 'moderation.%')
                """
            )
            .AsAsyncEnumerable();

    private async Task<List<StoredImage>> ReadAsync(IQueryable<Image> images, CancellationToken cancellationToken)
    {
        var rows = await images.AsNoTracking().Select(Row).ToListAsync(cancellationToken);
        var prepared = rows.Where(r => r.State == ImageState.Processing).Select(r => r.Id.Value.ToString()).ToList();
        var withJob =
            prepared.Count == 0
                ? []
                : await db
                    .Database.SqlQuery<string>(
                        $"""
                        SELECT DISTINCT payload->>'image_id' AS "Value" FROM jobs
                        WHERE kind = {PrepareImageJob.Kind} AND state IN ('Waiting', 'Running') AND payload->>'image_id' = ANY({prepared})
                        """
                    )
                    .ToHashSetAsync(cancellationToken);
        return rows.ConvertAll(r => new StoredImage(
            r.Id,
            r.State,
            r.SizeBytes,
            r.Sha256,
            r.RenditionSet,
            r.Renditions,
            withJob.Contains(r.Id.Value.ToString()),
            r.DamagedAt is not null
        ));
    }

    private static readonly Expression<Func<Image, ImageRow>> Row = i => new ImageRow(
        i.Id,
        i.State == ImageState.Deleted ? i.StateBeforeDeletion ?? ImageState.Active : i.State,
        i.SizeBytes,
        i.Sha256,
        i.RenditionSet,
        i.Renditions,
        i.DamagedAt
    );

    private sealed record ImageRow(
        ImageId Id,
        ImageState State,
        long SizeBytes,
        byte[] Sha256,
        string RenditionSet,
        IReadOnlyList<StoredRendition> Renditions,
        DateTimeOffset? DamagedAt
    );
}
