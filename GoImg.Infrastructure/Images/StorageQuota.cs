using GoImg.Core.Accounts;
using GoImg.Core.Uploads;
using GoImg.Infrastructure.Database;
using Microsoft.EntityFrameworkCore;

namespace GoImg.Infrastructure.Images;

/// <summary>The room a member has: what images take of it, and what uploads under way have reserved. What is reserved is counted from the
/// uploads themselves, so it comes back with them however they end.</summary>
internal sealed class StorageQuota(GoImgDbContext db, TimeProvider time)
{
    /// <summary>Whoever else would change the member's room waits until the current transaction ends.</summary>
    public Task LockAsync(MemberId member, CancellationToken cancellationToken) =>
        db.Database.ExecuteSqlAsync(
            $"INSERT INTO member_usage AS usage (member_id, bytes) VALUES ({member.Value}, 0) ON CONFLICT (member_id) DO UPDATE SET bytes = usage.bytes",
            cancellationToken
        );

    /// <summary>Takes the bytes of an image out of the member's room, in the current transaction; false when there is not so much. Parallel calls queue at the
    /// lock, and those behind it see what those before took.</summary>
    /// <param name="reservedBy">The upload whose reservation becomes these bytes; null for none.</param>
    public async Task<bool> TryTakeAsync(MemberId member, long bytes, long maxBytes, UploadId? reservedBy, CancellationToken cancellationToken)
    {
        await LockAsync(member, cancellationToken);
        var (_, underWay) = await ReservedAsync(member, reservedBy, cancellationToken);
        return await db.Database.ExecuteSqlAsync(
                $"UPDATE member_usage SET bytes = bytes + {bytes} WHERE member_id = {member.Value} AND bytes + {bytes} + {underWay} <= {maxBytes}",
                cancellationToken
            ) > 0;
    }

    /// <summary>Unfinished uploads but <paramref name="except"/>, and their whole lengths.</summary>
    public async Task<(int Uploads, long Bytes)> ReservedAsync(MemberId member, UploadId? except, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var lengths = db.Set<ResumableUpload>()
            .Where(u => u.OwnerId == member && u.ImageId == null && u.ExpiresAt > now && u.Id != except)
            .Select(u => u.LengthBytes);
        return (await lengths.CountAsync(cancellationToken), await lengths.SumAsync(cancellationToken));
    }

    public Task<long> UsedAsync(MemberId member, CancellationToken cancellationToken) =>
        db.Set<MemberUsage>().Where(u => u.MemberId == member).Select(u => u.Bytes).SingleOrDefaultAsync(cancellationToken);
}
