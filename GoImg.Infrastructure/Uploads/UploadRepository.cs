using GoImg.Core.Shared;
using GoImg.Core.Uploads;
using GoImg.Infrastructure.Database;
using GoImg.Infrastructure.Images;
using Microsoft.EntityFrameworkCore;

namespace GoImg.Infrastructure.Uploads;

internal sealed class UploadRepository(GoImgDbContext db, StorageQuota quota) : IUploads
{
    private DbSet<ResumableUpload> Uploads => db.Set<ResumableUpload>();

    private DbSet<UploadPart> Parts => db.Set<UploadPart>();

    public Task<ResumableUpload?> FindAsync(UploadId id, CancellationToken cancellationToken) =>
        Uploads.SingleOrDefaultAsync(u => u.Id == id, cancellationToken);

    public Task<ResumableUpload?> ReadAsync(UploadId id, CancellationToken cancellationToken) =>
        Uploads.AsNoTracking().SingleOrDefaultAsync(u => u.Id == id, cancellationToken);

    public async Task<Result> TryAddAsync(ResumableUpload upload, long maxMemberBytes, int maxUnfinished, CancellationToken cancellationToken)
    {
        await db.EnsureTransactionAsync(cancellationToken);

        await quota.LockAsync(upload.OwnerId, cancellationToken);
        var (unfinished, reserved) = await quota.ReservedAsync(upload.OwnerId, except: null, cancellationToken);
        var used = await quota.UsedAsync(upload.OwnerId, cancellationToken);
        Error? refused =
            unfinished >= maxUnfinished ? new UploadErrors.TooManyUnfinished(maxUnfinished)
            : used + reserved + upload.LengthBytes > maxMemberBytes ? new UploadErrors.NoRoom(used, reserved, maxMemberBytes)
            : null;
        if (refused is not null)
        {
            await db.Database.RollbackTransactionAsync(cancellationToken);
            return refused;
        }

        Uploads.Add(upload);
        return Result.Success;
    }

    public void Add(UploadPart part) => Parts.Add(part);

    public async Task<IReadOnlyList<UploadPart>> PartsAsync(UploadId id, CancellationToken cancellationToken) =>
        await Parts.AsNoTracking().Where(p => p.UploadId == id).OrderBy(p => p.OffsetBytes).ToListAsync(cancellationToken);

    public Task RemoveAsync(UploadId id, CancellationToken cancellationToken) => Uploads.Where(u => u.Id == id).ExecuteDeleteAsync(cancellationToken);

    public Task RemovePartsAsync(UploadId id, CancellationToken cancellationToken) =>
        Parts.Where(p => p.UploadId == id).ExecuteDeleteAsync(cancellationToken);

    public async Task<IReadOnlyList<UploadId>> ExpiredAsync(DateTimeOffset now, int take, CancellationToken cancellationToken) =>
        await Uploads.Where(u => u.ExpiresAt <= now).OrderBy(u => u.ExpiresAt).Take(take).Select(u => u.Id).ToListAsync(cancellationToken);

    public async Task<IReadOnlyList<UploadId>> LeftWholeAsync(DateTimeOffset expiringBefore, int take, CancellationToken cancellationToken) =>
        await Uploads
            .Where(u => u.ImageId == null && u.OffsetBytes == u.LengthBytes && u.ExpiresAt < expiringBefore)
            .OrderBy(u => u.ExpiresAt)
            .Take(take)
            .Select(u => u.Id)
            .ToListAsync(cancellationToken);

    public async Task<IReadOnlySet<Guid>> WhichPartsExistAsync(IReadOnlyCollection<Guid> parts, CancellationToken cancellationToken) =>
        await Parts.Where(p => parts.Contains(p.Id)).Select(p => p.Id).ToHashSetAsync(cancellationToken);
}
