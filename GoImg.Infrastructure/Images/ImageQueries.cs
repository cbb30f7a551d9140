using System.Linq.Expressions;
using GoImg.Core.Accounts;
using GoImg.Core.Images;
using GoImg.Core.Shared;
using GoImg.Infrastructure.Database;
using GoImg.Infrastructure.Search;
using GoImg.Infrastructure.Social;
using Microsoft.EntityFrameworkCore;

namespace GoImg.Infrastructure.Images;

internal sealed class ImageQueries(GoImgDbContext db, ImageLists lists) : IImageQueries
{
    public Task<Page<ImageTile>> ExploreAsync(Cursor? after, int take, CancellationToken cancellationToken) =>
        PageAsync(lists.Listed, after, take, cancellationToken);

    public Task<Page<ImageTile>> ByMemberAsync(MemberId member, Cursor? after, int take, CancellationToken cancellationToken) =>
        PageAsync(lists.Listed.Where(i => i.OwnerId == member), after, take, cancellationToken);

    public Task<Page<ImageTile>> ByTagAsync(string tag, Cursor? after, int take, CancellationToken cancellationToken) =>
        PageAsync(ImageLists.Tagged(lists.Listed, tag), after, take, cancellationToken);

    public Task<Page<ImageTile>> LibraryAsync(Actor actor, LibraryFilter filter, Cursor? after, int take, CancellationToken cancellationToken)
    {
        var images = filter.Shelf switch
        {
            LibraryShelf.Ready => lists.Own(actor).Where(i => i.State == ImageState.Active),
            LibraryShelf.Processing => lists.Own(actor).Where(i => i.State == ImageState.Processing),
            LibraryShelf.Failed => lists.Own(actor).Where(i => i.State == ImageState.Failed || i.State == ImageState.Quarantined),
            LibraryShelf.Held => lists.Own(actor).Where(i => i.State == ImageState.Flagged),
            _ => lists.Kept(actor),
        };
        if (filter.Visibility is { } visibility)
            images = images.Where(ImageAccess.HasVisibility(visibility));
        return PageAsync(images, after, take, cancellationToken, withReason: true);
    }

    public async Task<(Page<ImageTile> Page, int Total)> LibraryPageAsync(Actor actor, int number, int take, CancellationToken cancellationToken)
    {
        var total = await lists.Kept(actor).Take(IImageQueries.MostCounted).CountAsync(cancellationToken);
        var page = await PageAsync(lists.Kept(actor), after: null, take, cancellationToken, withReason: true, skip: (number - 1) * take);
        return (page, total);
    }

    public async Task<Page<ImageTile>> TrashAsync(Actor actor, Cursor? after, int take, CancellationToken cancellationToken)
    {
        var deleted = lists.Own(actor).Where(i => i.State == ImageState.Deleted);
        return await deleted
            .NewestFirst(i => i.DeletedAt!.Value, i => i.Id, after, id => new ImageId(id))
            .Select(ImageTiles.From(db, withReason: true))
            .PageAsync(take, t => new Cursor(t.DeletedAt!.Value, t.Id.Value), cancellationToken);
    }

    public Task<ImageView?> FindAsync(Actor actor, string slug, CancellationToken cancellationToken) =>
        Slug.IsWellFormed(slug) ? FindAsync(actor, i => i.Slug == slug, cancellationToken) : Task.FromResult<ImageView?>(null);

    public Task<ImageView?> FindAsync(Actor actor, ImageId id, CancellationToken cancellationToken) =>
        FindAsync(actor, i => i.Id == id, cancellationToken);

    public Task<ImageFile?> FindFileAsync(Actor actor, string slug, CancellationToken cancellationToken) =>
        Slug.IsWellFormed(slug) ? FindFileAsync(actor, i => i.Slug == slug, cancellationToken) : Task.FromResult<ImageFile?>(null);

    public Task<ImageFile?> FindFileAsync(Actor actor, ImageId id, CancellationToken cancellationToken) =>
        FindFileAsync(actor, i => i.Id == id, cancellationToken);

    public async Task<IReadOnlyList<TagCount>> PopularTagsAsync(int take, CancellationToken cancellationToken) =>
        await db.Set<CountedTag>()
            .Where(t => t.Images > 0)
            .OrderByDescending(t => t.Images)
            .ThenBy(t => t.Tag)
            .Take(take)
            .Select(t => new TagCount(t.Tag, t.Images))
            .ToListAsync(cancellationToken);

    private async Task<Page<ImageTile>> PageAsync(
        IQueryable<Image> images,
        Cursor? after,
        int take,
        CancellationToken cancellationToken,
        bool withReason = false,
        int skip = 0
    )
    {
        return await images
            .NewestFirst(i => i.CreatedAt, i => i.Id, after, id => new ImageId(id))
            .Skip(skip)
            .Select(ImageTiles.From(db, withReason))
            .PageAsync(take, t => new Cursor(t.CreatedAt, t.Id.Value), cancellationToken);
    }

    public async Task<IReadOnlyDictionary<ImageId, ImageView>> FindAllAsync(
        Actor actor,
        IReadOnlyCollection<ImageId> ids,
        CancellationToken cancellationToken
    ) => (await ViewsAsync(actor, i => ids.Contains(i.Id), cancellationToken)).ToDictionary(view => view.Tile.Id);

    private async Task<ImageView?> FindAsync(Actor actor, Expression<Func<Image, bool>> which, CancellationToken cancellationToken) =>
        (await ViewsAsync(actor, which, cancellationToken)).SingleOrDefault();

    private async Task<List<ImageView>> ViewsAsync(Actor actor, Expression<Func<Image, bool>> which, CancellationToken cancellationToken)
    {
        var me = actor.MemberId;
        var found = await db
            .Images.AsNoTracking()
            .Include(i => i.Owner)
            .Where(which)
            .Where(ImageAccess.Openable(actor))
            .Select(i => new
            {
                Image = i,
                Counters = db.Set<ImageCounters>().FirstOrDefault(c => c.ImageId == i.Id),
                Liked = db.Set<Like>().Any(l => l.ImageId == i.Id && l.MemberId == me),
            })
            .ToListAsync(cancellationToken);
        return found.ConvertAll(f => ViewOf(actor, f.Image, f.Counters, f.Liked));
    }

    private static ImageView ViewOf(Actor actor, Image image, ImageCounters? counters, bool isLiked)
    {
        var privileged = actor.IsStaff || actor.Is(image.OwnerId);
        return new ImageView
        {
            Tile = ImageTiles.Of(image, counters?.Likes ?? 0, withReason: privileged),
            OwnerId = image.OwnerId,
            Description = image.Description,
            Tags = image.Tags,
            Format = image.Format,
            SizeBytes = image.SizeBytes,
            Frames = image.Frames,
            Sha256 = image.Sha256,
            AllowsDownload = image.AllowsDownload,
            Camera = actor.Is(image.OwnerId) ? image.Camera : image.Camera.Only(image.CameraShown),
            CameraShown = image.CameraShown,
            Comments = counters?.Comments ?? 0,
            Views = counters?.Views ?? 0,
            IsListed = ImageAccess.IsListed(image),
            LikedByActor = isLiked,
            Version = image.Version,
            FileName = privileged ? image.FileName : null,
            FailureCode = privileged ? image.FailureCode : null,
            FailureReason = privileged ? image.FailureReason : null,
            ModerationReason = privileged ? image.ModerationReason : null,
        };
    }

    private async Task<ImageFile?> FindFileAsync(Actor actor, Expression<Func<Image, bool>> which, CancellationToken cancellationToken)
    {
        var facts = await db
            .Images.AsNoTracking()
            .Where(which)
            .Where(ImageAccess.Openable(actor))
            .Select(ImageFileRows.Facts)
            .SingleOrDefaultAsync(cancellationToken);
        return facts is null ? null : ImageFile.Of(actor, facts);
    }
}
