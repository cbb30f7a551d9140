using GoImg.Core.Accounts;
using GoImg.Core.Images;
using GoImg.Core.Uploads;
using GoImg.Infrastructure.Database;
using GoImg.Infrastructure.Events;
using Microsoft.EntityFrameworkCore;

namespace GoImg.Infrastructure.Images;

internal sealed class ImageRepository(GoImgDbContext db, StorageQuota quota, RecordedEvents events, IImageFiles files) : IImages
{
    private IQueryable<Image> WithOwner => db.Images.Include(i => i.Owner);

    public Task<Image?> FindAsync(ImageId id, CancellationToken cancellationToken) =>
        WithOwner.SingleOrDefaultAsync(i => i.Id == id, cancellationToken);

    public async Task<IReadOnlyList<Image>> FindAllAsync(IReadOnlyCollection<ImageId> ids, CancellationToken cancellationToken) =>
        await WithOwner.Where(i => ids.Contains(i.Id)).ToListAsync(cancellationToken);

    public async Task<IReadOnlyList<Image>> FindTrashAsync(MemberId owner, int skip, int take, CancellationToken cancellationToken) =>
        await WithOwner
            .Where(i => i.OwnerId == owner && i.State == ImageState.Deleted)
            .OrderBy(i => i.Id)
            .Skip(skip)
            .Take(take)
            .ToListAsync(cancellationToken);

    public async Task<IReadOnlyList<Image>> FindTrashedAtAsync(MemberId owner, DateTimeOffset at, int take, CancellationToken cancellationToken) =>
        await WithOwner
            .Where(i => i.OwnerId == owner && i.State == ImageState.Deleted && i.DeletedAt == at)
            .OrderBy(i => i.Id)
            .Take(take)
            .ToListAsync(cancellationToken);

    public Task<Image?> FindBySlugAsync(string slug, CancellationToken cancellationToken) =>
        WithOwner.SingleOrDefaultAsync(i => i.Slug == slug, cancellationToken);

    public Task<Image?> FindByHashAsync(MemberId owner, byte[] sha256, CancellationToken cancellationToken) =>
        WithOwner.SingleOrDefaultAsync(i => i.OwnerId == owner && i.Sha256 == sha256, cancellationToken);

    public async Task<bool> TryAddAsync(Image image, long maxMemberBytes, Guid? reservation, CancellationToken cancellationToken)
    {
        await db.EnsureTransactionAsync(cancellationToken);

        UploadId? reservedBy = reservation is { } own ? new UploadId(own) : null;
        if (!await quota.TryTakeAsync(image.OwnerId, image.SizeBytes, maxMemberBytes, reservedBy, cancellationToken))
        {
            await db.Database.RollbackTransactionAsync(cancellationToken);
            return false;
        }

        db.Images.Add(image);
        db.Add(new ImageCounters { ImageId = image.Id });
        return true;
    }

    public Task<long> UsedBytesAsync(MemberId owner, CancellationToken cancellationToken) => quota.UsedAsync(owner, cancellationToken);

    public async Task RemoveAsync(Image image, CancellationToken cancellationToken)
    {
        await db.EnsureTransactionAsync(cancellationToken);

        db.Images.Remove(image);
        events.Add(new ImageDeleted(image.Id, image.OwnerId));
        await db.Database.ExecuteSqlAsync(
            $"UPDATE member_usage SET bytes = greatest(0, bytes - {image.SizeBytes}) WHERE member_id = {image.OwnerId.Value}",
            cancellationToken
        );
    }

    public async Task<IReadOnlyList<ImageId>> ExpiredInTrashAsync(DateTimeOffset deletedBefore, int take, CancellationToken cancellationToken) =>
        await db
            .Images.Where(i => i.State == ImageState.Deleted && i.DeletedAt < deletedBefore)
            .OrderBy(i => i.DeletedAt)
            .Take(take)
            .Select(i => i.Id)
            .ToListAsync(cancellationToken);

    public Task WantRenditionsAsync(ImageId id, string set, CancellationToken cancellationToken) =>
        db.Images.Where(i => i.Id == id && i.RenditionSet == set).ExecuteUpdateAsync(to => to.SetProperty(i => i.Recipe, ""), cancellationToken);

    // One statement: two sizes asked for at the same moment must not lose each other.
    public async Task NoteRenditionAsync(ImageId id, string set, StoredRendition rendition, CancellationToken cancellationToken)
    {
        await db.Database.ExecuteSqlAsync(
            $"""
            UPDATE images SET renditions = jsonb_path_query_array(renditions, '$[*] ? (@.file != $new.file)', jsonb_build_object('new', {Json.Of(
                rendition
            )}::jsonb)) || {Json.Of(rendition)}::jsonb
            WHERE id = {id.Value} AND rendition_set = {set}
            """,
            cancellationToken
        );
        files.Forget(id);
    }
}
