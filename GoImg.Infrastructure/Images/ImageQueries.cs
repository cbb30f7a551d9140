using System.Linq.Expressions;
using GoImg.Core.Accounts;
using GoImg.Core.Albums;
using GoImg.Core.Images;
using GoImg.Core.Shared;
using GoImg.Infrastructure.Database;
using GoImg.Infrastructure.Social;
using Microsoft.EntityFrameworkCore;
using NpgsqlTypes;

namespace GoImg.Infrastructure.Images;

internal sealed class ImageQueries(GoImgDbContext db, IAlbumQueries albums) : IImageQueries
{
    private IQueryable<Image> Listed => db.Images.AsNoTracking().Where(ImageAccess.Listed());

    public Task<Page<ImageTile>> ExploreAsync(Cursor? after, int take, CancellationToken cancellationToken) =>
        PageAsync(Listed, after, take, cancellationToken);

    public Task<Page<ImageTile>> ByMemberAsync(MemberId member, Cursor? after, int take, CancellationToken cancellationToken) =>
        PageAsync(Listed.Where(i => i.OwnerId == member), after, take, cancellationToken);

    public Task<Page<ImageTile>> ByTagAsync(string tag, Cursor? after, int take, CancellationToken cancellationToken) =>
        PageAsync(Tagged(Listed, tag), after, take, cancellationToken);

    public Task<Page<ImageTile>> SearchAsync(string query, Cursor? after, int take, CancellationToken cancellationToken)
    {
        var search = SearchQuery.Parse(query);
        return search.IsEmpty ? Task.FromResult(new Page<ImageTile>([], null)) : PageAsync(Matching(Listed, search), after, take, cancellationToken);
    }

    public Task<Page<ImageTile>> LibraryAsync(Actor actor, LibraryFilter filter, Cursor? after, int take, CancellationToken cancellationToken)
    {
        var images = filter.Shelf switch
        {
            LibraryShelf.Ready => Own(actor).Where(i => i.State == ImageState.Active),
            LibraryShelf.Processing => Own(actor).Where(i => i.State == ImageState.Processing),
            LibraryShelf.Failed => Own(actor).Where(i => i.State == ImageState.Failed || i.State == ImageState.Quarantined),
            LibraryShelf.Held => Own(actor).Where(i => i.State == ImageState.Flagged),
            _ => Kept(actor),
        };
        if (filter.Visibility is { } visibility)
            images = images.Where(ImageAccess.HasVisibility(visibility));
        return PageAsync(images, after, take, cancellationToken, withReason: true);
    }

    public async Task<(Page<ImageTile> Page, int Total)> LibraryPageAsync(Actor actor, int number, int take, CancellationToken cancellationToken)
    {
        var total = await Kept(actor).CountAsync(cancellationToken);
        var page = await PageAsync(Kept(actor), after: null, take, cancellationToken, withReason: true, skip: (number - 1) * take);
        return (page, total);
    }

    public async Task<Page<ImageTile>> TrashAsync(Actor actor, Cursor? after, int take, CancellationToken cancellationToken)
    {
        var deleted = Own(actor).Where(i => i.State == ImageState.Deleted);
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

    public async Task<Neighbours> NeighboursAsync(Actor actor, string slug, ImageContext context, CancellationToken cancellationToken)
    {
        if (context.Kind == ImageContextKind.Album)
            return await albums.NeighboursAsync(actor, context.Value, slug, cancellationToken);

        var here = await db
            .Images.AsNoTracking()
            .Where(i => i.Slug == slug)
            .Select(i => new { i.CreatedAt, i.Id })
            .SingleOrDefaultAsync(cancellationToken);
        if (here is null)
            return new(null, null);

        var list = context.Kind switch
        {
            ImageContextKind.Library => Own(actor).Where(i => i.State != ImageState.Deleted),
            ImageContextKind.Member => Listed.Where(i => i.Owner.UsernameKey == Username.KeyOf(context.Value)),
            ImageContextKind.Tag => Tagged(Listed, context.Value),
            ImageContextKind.Search when SearchQuery.Parse(context.Value) is { IsEmpty: false } search => Matching(Listed, search),
            _ => Listed,
        };
        var newer = list.Where(i => EF.Functions.GreaterThan(ValueTuple.Create(i.CreatedAt, i.Id), ValueTuple.Create(here.CreatedAt, here.Id)))
            .OrderBy(i => i.CreatedAt)
            .ThenBy(i => i.Id)
            .Select(i => i.Slug)
            .Take(1);
        var older = list.Where(i => EF.Functions.LessThan(ValueTuple.Create(i.CreatedAt, i.Id), ValueTuple.Create(here.CreatedAt, here.Id)))
            .OrderByDescending(i => i.CreatedAt)
            .ThenByDescending(i => i.Id)
            .Select(i => i.Slug)
            .Take(1);
        return new(await newer.FirstOrDefaultAsync(cancellationToken), await older.FirstOrDefaultAsync(cancellationToken));
    }

    public async Task<IReadOnlyList<TagCount>> PopularTagsAsync(int take, CancellationToken cancellationToken) =>
        await Listed
            .SelectMany(i => i.Tags)
            .GroupBy(tag => tag)
            .OrderByDescending(g => g.Count())
            .ThenBy(g => g.Key)
            .Take(take)
            .Select(g => new TagCount(g.Key, g.Count()))
            .ToListAsync(cancellationToken);

    private IQueryable<Image> Kept(Actor actor) => Own(actor).Where(i => i.State != ImageState.Deleted);

    private IQueryable<Image> Own(Actor actor)
    {
        var me = actor.MemberId ?? throw new InvalidOperationException("Only a signed-in member has a library.");
        return db.Images.AsNoTracking().Where(i => i.OwnerId == me);
    }

    private static IQueryable<Image> Tagged(IQueryable<Image> images, string tag) => images.Where(i => i.Tags.Contains(tag));

    private IQueryable<Image> Matching(IQueryable<Image> images, SearchQuery search)
    {
        foreach (var tag in search.Tags)
            images = Tagged(images, tag);
        if (search.By is { } by)
            images = images.Where(i => i.Owner.UsernameKey == by);
        if (search.Words.Length == 0)
            return images;

        // The member whose name was typed, as an id: two indexable conditions instead of a join under an OR.
        var key = Username.KeyOf(search.Words);
        return images.Where(i =>
            EF.Property<NpgsqlTsVector>(i, "SearchText").Matches(EF.Functions.WebSearchToTsQuery("simple", search.Words))
            || i.OwnerId == db.Members.Where(m => m.UsernameKey == key).Select(m => m.Id).FirstOrDefault()
        );
    }

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
        var image = await db
            .Images.AsNoTracking()
            .Include(i => i.Owner)
            .Where(which)
            .Where(ImageAccess.Openable(actor))
            .SingleOrDefaultAsync(cancellationToken);
        return image is null ? null : ImageFile.Of(actor, image);
    }
}
