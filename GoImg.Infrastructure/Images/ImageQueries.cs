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

    public Task<Page<ImageTile>> LibraryPageAsync(Actor actor, PageRequest page, CancellationToken cancellationToken) =>
        lists
            .Kept(actor)
            .NewestFirst(i => i.CreatedAt, i => i.Id, page.After, id => new ImageId(id))
            .Select(ImageTiles.From(db, withReason: true))
            .PageAsync(page, CursorOf, cancellationToken);

    public Task<Page<ImageTile>> ListAsync(Actor actor, ImageFilter filter, PageRequest page, CancellationToken cancellationToken)
    {
        // What is one's own stands in a list of one's own alone, as on pages.
        var images = filter.Owner is { } owner
            ? (actor.Is(owner) ? lists.Findable(actor) : lists.Listed).Where(i => i.OwnerId == owner)
            : lists.Listed;
        images = filter.Tags.Aggregate(images, ImageLists.Tagged);
        var sorted = filter.OldestFirst
            ? images.OldestFirst(i => i.CreatedAt, i => i.Id, page.After, id => new ImageId(id))
            : images.NewestFirst(i => i.CreatedAt, i => i.Id, page.After, id => new ImageId(id));
        return sorted.Select(ImageTiles.From(db, withReason: false)).PageAsync(page, CursorOf, cancellationToken);
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

    public async Task<Page<TagCount>> TagsAsync(string prefix, PageRequest page, CancellationToken cancellationToken)
    {
        var tags = db.Set<CountedTag>().Where(t => t.Images > 0 && t.Tag.StartsWith(prefix));
        var rows = await tags.OrderByDescending(t => t.Images)
            .ThenBy(t => t.Tag)
            .Skip(page.Skip)
            .Take(page.Take)
            .Select(t => new TagCount(t.Tag, t.Images))
            .ToListAsync(cancellationToken);
        return new(rows, null) { Total = await tags.CountUpToLimitAsync(cancellationToken) };
    }

    private async Task<Page<ImageTile>> PageAsync(
        IQueryable<Image> images,
        Cursor? after,
        int take,
        CancellationToken cancellationToken,
        bool withReason = false
    )
    {
        return await images
            .NewestFirst(i => i.CreatedAt, i => i.Id, after, id => new ImageId(id))
            .Select(ImageTiles.From(db, withReason))
            .PageAsync(take, CursorOf, cancellationToken);
    }

    private static Cursor CursorOf(ImageTile tile) => new(tile.CreatedAt, tile.Id.Value);

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
