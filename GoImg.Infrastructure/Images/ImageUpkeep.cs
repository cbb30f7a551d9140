using GoImg.Core.Images;
using GoImg.Core.Rendering;
using GoImg.Infrastructure.Database;
using Microsoft.EntityFrameworkCore;

namespace GoImg.Infrastructure.Images;

internal sealed class ImageUpkeep(GoImgDbContext db) : IImageUpkeep
{
    public async Task<IReadOnlyList<ImageId>> FindOutdatedAsync(
        RenditionFingerprint fingerprint,
        bool withUnscanned,
        int maxWaiting,
        CancellationToken cancellationToken
    )
    {
        // Unequal as smaller or larger: both halves are ranges of the index. Dead letters count as a job too: an admin decides about those.
        var found = await db
            .Database.SqlQuery<Guid>(
                $"""
                SELECT id AS "Value" FROM images
                WHERE (recipe < {fingerprint.Value} OR recipe > {fingerprint.Value} OR facts_version < {OriginalFacts.Version} OR ({withUnscanned} AND NOT is_scanned))
                  AND rendition_set <> '' AND damaged_at IS NULL
                  AND (CASE state WHEN 'Deleted' THEN state_before_deletion ELSE state END) IN ('Active', 'Flagged')
                  AND id::text NOT IN (SELECT payload->>'image_id' FROM jobs WHERE kind = {RefreshImageJob.Kind} AND state <> 'Done' AND payload->>'image_id' IS NOT NULL)
                ORDER BY id
                LIMIT greatest(0, {maxWaiting} - (SELECT count(*) FROM jobs WHERE kind = {RefreshImageJob.Kind} AND state IN ('Waiting', 'Running')))
                """
            )
            .ToListAsync(cancellationToken);
        return found.ConvertAll(id => new ImageId(id));
    }
}
