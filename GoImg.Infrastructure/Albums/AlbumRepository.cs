using GoImg.Core.Accounts;
using GoImg.Core.Albums;
using GoImg.Core.Images;
using GoImg.Infrastructure.Database;
using GoImg.Infrastructure.Events;
using Microsoft.EntityFrameworkCore;

namespace GoImg.Infrastructure.Albums;

internal sealed class AlbumRepository(GoImgDbContext db, RecordedEvents events) : IAlbums
{
    private IQueryable<Album> WithOwner => db.Set<Album>().Include(a => a.Owner);

    public void Add(Album album) => db.Add(album);

    public async Task<int> AddAsync(Album album, IReadOnlyList<ImageId> images, CancellationToken cancellationToken)
    {
        await db.EnsureTransactionAsync(cancellationToken);
        Add(album);
        // The places below refer to its row.
        await db.SaveChangesAsync(cancellationToken);
        return await AppendAsync(album.Id, album.OwnerId, images, cancellationToken);
    }

    public Task<Album?> FindBySlugAsync(string slug, CancellationToken cancellationToken) =>
        WithOwner.SingleOrDefaultAsync(a => a.Slug == slug, cancellationToken);

    public Task<Album?> FindAsync(AlbumId id, CancellationToken cancellationToken) =>
        WithOwner.SingleOrDefaultAsync(a => a.Id == id, cancellationToken);

    public Task<Album?> FindInTrashAsync(AlbumId id, CancellationToken cancellationToken) =>
        WithOwner.IgnoreQueryFilters().SingleOrDefaultAsync(a => a.Id == id && a.DeletedAt != null, cancellationToken);

    public async Task<int> RemoveExpiredAsync(DateTimeOffset before, int take, CancellationToken cancellationToken)
    {
        var expired = await db.Set<Album>()
            .IgnoreQueryFilters()
            .Where(a => a.DeletedAt < before)
            .OrderBy(a => a.DeletedAt)
            .Take(take)
            .ToListAsync(cancellationToken);
        foreach (var album in expired)
        {
            db.Remove(album);
            events.Add(new AlbumDeleted(album.Id, album.OwnerId));
        }

        return expired.Count;
    }

    public async Task<int> AppendAsync(AlbumId album, MemberId owner, IReadOnlyList<ImageId> images, CancellationToken cancellationToken)
    {
        await LockAsync(album, cancellationToken);
        var ids = images.Select(i => i.Value).ToArray();
        await db.Database.ExecuteSqlAsync(
            $"""
            INSERT INTO album_images (album_id, image_id, position)
            SELECT {album.Value}, i.id,
                coalesce((SELECT max(position) FROM album_images WHERE album_id = {album.Value}), 0) + row_number() OVER (ORDER BY array_position({ids}, i.id))
            FROM images i WHERE i.id = ANY ({ids}) AND i.owner_id = {owner.Value} AND i.deleted_at IS NULL
            ON CONFLICT DO NOTHING
            """,
            cancellationToken
        );
        return await In(album).CountAsync(x => images.Contains(x.ImageId), cancellationToken);
    }

    public async Task<bool> TakeOutAsync(AlbumId album, ImageId image, CancellationToken cancellationToken)
    {
        await LockAsync(album, cancellationToken);
        return await In(album).Where(x => x.ImageId == image).ExecuteDeleteAsync(cancellationToken) > 0;
    }

    public Task<bool> ContainsAsync(AlbumId album, ImageId image, CancellationToken cancellationToken) =>
        In(album).AnyAsync(x => x.ImageId == image, cancellationToken);

    public async Task SortAsync(AlbumId album, AlbumSort sort, CancellationToken cancellationToken)
    {
        await LockAsync(album, cancellationToken);
        await db.Database.ExecuteSqlRawAsync(Sorted(sort), [album.Value], cancellationToken);
    }

    private static string Sorted(AlbumSort sort)
    {
        var order = sort switch
        {
            AlbumSort.Oldest => "i.created_at, i.id",
            AlbumSort.Title => "lower(coalesce(nullif(i.title, ''), i.file_name)), i.id",
            AlbumSort.Reversed => "x.position DESC, x.image_id DESC",
            _ => "i.created_at DESC, i.id DESC",
        };
        return $$"""
            UPDATE album_images SET position = sorted.place
            FROM (SELECT x.image_id, row_number() OVER (ORDER BY {{order}}) AS place
                  FROM album_images x JOIN images i ON i.id = x.image_id WHERE x.album_id = {0}) sorted
            WHERE album_images.album_id = {0} AND album_images.image_id = sorted.image_id
            """;
    }

    public async Task<bool> PlaceAsync(AlbumId album, ImageId image, AlbumPlace place, CancellationToken cancellationToken)
    {
        await LockAsync(album, cancellationToken);
        var at =
            place.Image is { } other
                ? await In(album).Where(x => x.ImageId == other).Select(x => (long?)x.Position).SingleOrDefaultAsync(cancellationToken)
            : place.IsBehind ? long.MaxValue
            : long.MinValue;
        if (at is null || place.Image == image || !await ContainsAsync(album, image, cancellationToken))
            return false;

        await db.Database.ExecuteSqlAsync(
            $"""
            UPDATE album_images SET position = placed.place
            FROM (SELECT image_id, row_number() OVER (ORDER BY CASE WHEN image_id = {image.Value} THEN {at.Value} ELSE position END,
                                                      (image_id = {image.Value}) = {place.IsBehind}, image_id) AS place
                  FROM album_images WHERE album_id = {album.Value}) placed
            WHERE album_images.album_id = {album.Value} AND album_images.image_id = placed.image_id AND album_images.position <> placed.place
            """,
            cancellationToken
        );
        return true;
    }

    public async Task<bool> SwapAsync(AlbumId album, ImageId image, bool withPrevious, CancellationToken cancellationToken)
    {
        await LockAsync(album, cancellationToken);
        if (await In(album).SingleOrDefaultAsync(x => x.ImageId == image, cancellationToken) is not { } here)
            return false;

        // What lies in the trash keeps its place but is not seen: changing places with it would look like nothing happened.
        var seen = In(album).Where(x => db.Images.Any(i => i.Id == x.ImageId && i.DeletedAt == null));
        var other = withPrevious
            ? await seen.Where(x => x.Position < here.Position).OrderByDescending(x => x.Position).FirstOrDefaultAsync(cancellationToken)
            : await seen.Where(x => x.Position > here.Position).OrderBy(x => x.Position).FirstOrDefaultAsync(cancellationToken);
        if (other is not null)
            (here.Position, other.Position) = (other.Position, here.Position);
        return true;
    }

    public async Task ArrangeAsync(AlbumId album, IReadOnlyList<ImageId> images, CancellationToken cancellationToken)
    {
        await LockAsync(album, cancellationToken);
        var ids = images.Select(i => i.Value).ToArray();
        await db.Database.ExecuteSqlAsync(
            $"""
            UPDATE album_images SET position = arranged.place
            FROM (SELECT image_id, row_number() OVER (ORDER BY array_position({ids}, image_id) NULLS LAST, position) AS place
                  FROM album_images WHERE album_id = {album.Value}) arranged
            WHERE album_images.album_id = {album.Value} AND album_images.image_id = arranged.image_id
            """,
            cancellationToken
        );
    }

    private IQueryable<AlbumImage> In(AlbumId album) => db.Set<AlbumImage>().Where(x => x.AlbumId == album);

    // Positions are read and written in two steps; without the lock two changes at once could give one place twice.
    private async Task LockAsync(AlbumId album, CancellationToken cancellationToken)
    {
        await db.EnsureTransactionAsync(cancellationToken);
        await db.Database.ExecuteSqlAsync($"SELECT 1 FROM albums WHERE id = {album.Value} FOR UPDATE", cancellationToken);
    }
}
