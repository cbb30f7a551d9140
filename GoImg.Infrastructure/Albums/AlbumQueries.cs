using GoImg.Core.Accounts;
using GoImg.Core.Albums;
using GoImg.Core.Images;
using GoImg.Core.Shared;
using GoImg.Infrastructure.Database;
using GoImg.Infrastructure.Images;
using Microsoft.EntityFrameworkCore;

namespace GoImg.Infrastructure.Albums;

internal sealed class AlbumQueries(GoImgDbContext db, AlbumCards cards) : IAlbumQueries
{
    private IQueryable<Album> Albums => db.Set<Album>().AsNoTracking();

    private IQueryable<AlbumImage> Places => db.Set<AlbumImage>().AsNoTracking();

    public async Task<Page<AlbumCard>> ByMemberAsync(Actor actor, MemberId member, Cursor? after, int take, CancellationToken cancellationToken)
    {
        var albums = Albums.Where(a => a.OwnerId == member);
        if (!actor.Is(member))
            albums = albums.Where(AlbumAccess.Listed());

        var page = await cards.ReadAsync(
            albums.NewestFirst(a => a.CreatedAt, a => a.Id, after, id => new AlbumId(id)).Take(take + 1),
            db.Images.Where(AlbumAccess.Shown(actor, member, Visibility.Public)),
            cancellationToken
        );
        return Page<AlbumCard>.Cut(page, take, c => new Cursor(c.CreatedAt, c.Id.Value));
    }

    public async Task<Page<AlbumCard>> ListAsync(Actor actor, MemberId? owner, PageRequest page, CancellationToken cancellationToken)
    {
        var albums = owner is { } member && actor.Is(member) ? Albums : Albums.Where(AlbumAccess.Listed());
        if (owner is { } one)
            albums = albums.Where(a => a.OwnerId == one);
        var shown = owner is { } whose ? AlbumAccess.Shown(actor, whose, Visibility.Public) : ImageAccess.Listed();

        var rows = await cards.ReadAsync(
            albums.NewestFirst(a => a.CreatedAt, a => a.Id, page.After, id => new AlbumId(id)).Skip(page.Skip).Take(page.Take + 1),
            db.Images.Where(shown),
            cancellationToken
        );
        return await Page<AlbumCard>.Cut(rows, page.Take, c => new Cursor(c.CreatedAt, c.Id.Value)).CountedAsync(albums, page, cancellationToken);
    }

    public async Task<IReadOnlyDictionary<AlbumId, AlbumCard>> FindAllAsync(IReadOnlyCollection<AlbumId> ids, CancellationToken cancellationToken) =>
        (await cards.ReadAsync(Albums.Where(a => ids.Contains(a.Id)), db.Images.Where(ImageAccess.Listed()), cancellationToken)).ToDictionary(card =>
            card.Id
        );

    public Task<AlbumView?> FindAsync(Actor actor, string slug, CancellationToken cancellationToken) =>
        Slug.IsWellFormed(slug) ? ViewAsync(actor, Albums.Where(a => a.Slug == slug), cancellationToken) : Task.FromResult<AlbumView?>(null);

    public Task<AlbumView?> FindAsync(Actor actor, AlbumId id, CancellationToken cancellationToken) =>
        ViewAsync(actor, Albums.Where(a => a.Id == id), cancellationToken);

    public Task<Page<ImageTile>> ImagesAsync(Actor actor, AlbumView album, PageRequest page, CancellationToken cancellationToken) =>
        PageAsync(
            actor,
            album,
            page,
            images => images.Select(ImageTiles.From(db, withReason: actor.Is(album.OwnerId))),
            tile => tile.Id,
            cancellationToken
        );

    public async Task<Page<ImageFile>> FilesAsync(Actor actor, AlbumView album, Cursor? after, int take, CancellationToken cancellationToken)
    {
        var files = await PageAsync(
            actor,
            album,
            new PageRequest(take, after),
            images => images.Select(ImageFileRows.Facts),
            file => file.Id,
            cancellationToken
        );
        return new([.. files.Items.Select(file => ImageFile.Of(actor, file))], files.Next);
    }

    private async Task<Page<T>> PageAsync<T>(
        Actor actor,
        AlbumView album,
        PageRequest page,
        Func<IQueryable<Image>, IQueryable<T>> read,
        Func<T, ImageId> idOf,
        CancellationToken cancellationToken
    )
    {
        var placed = Shown(actor, album);
        if (page.After is { } after)
            placed = AlbumPaging.Beyond(placed, album.Order, AlbumPaging.Read(after), backwards: false);

        var rows = await read(AlbumPaging.Sort(placed, album.Order, backwards: false).Skip(page.Skip).Take(page.Take + 1).Select(p => p.Image))
            .ToListAsync(cancellationToken);
        if (rows.Count <= page.Take)
            return await new Page<T>(rows, null).CountedAsync(placed, page, cancellationToken);

        var last = idOf(rows[page.Take - 1]);
        var place = await Shown(actor, album).Where(p => p.Image.Id == last).Select(AlbumPaging.ToPlace).SingleAsync(cancellationToken);
        return await new Page<T>(rows[..page.Take], AlbumPaging.Write(place, album.Order)).CountedAsync(placed, page, cancellationToken);
    }

    public async Task<ImageNeighbours> NeighboursAsync(Actor actor, string albumSlug, string imageSlug, CancellationToken cancellationToken)
    {
        if (await FindAsync(actor, albumSlug, cancellationToken) is not { } album)
            return new(null, null);
        var shown = Shown(actor, album);
        if (await shown.Where(p => p.Image.Slug == imageSlug).Select(AlbumPaging.ToPlace).SingleOrDefaultAsync(cancellationToken) is not { } here)
            return new(null, null);

        return new(await NextAsync(backwards: true), await NextAsync(backwards: false));

        Task<string?> NextAsync(bool backwards) =>
            AlbumPaging
                .Sort(AlbumPaging.Beyond(shown, album.Order, here, backwards), album.Order, backwards)
                .Select(p => p.Image.Slug)
                .FirstOrDefaultAsync(cancellationToken);
    }

    public async Task<IReadOnlyList<AlbumName>> ContainingAsync(Actor actor, ImageId image, CancellationToken cancellationToken)
    {
        // From the image to its few albums, never from all albums there are to the image.
        return await Places
            .Where(x => x.ImageId == image)
            .Join(Albums.Where(AlbumAccess.Named(actor)), x => x.AlbumId, a => a.Id, (_, a) => a)
            .OrderBy(a => a.Title)
            .ThenBy(a => a.Id)
            .Take(50)
            .Select(a => new AlbumName(a.Id, a.Slug, a.Title, a.CoverId))
            .ToListAsync(cancellationToken);
    }

    public async Task<IReadOnlyList<ImageId>> WithheldAsync(AlbumView album, int take, CancellationToken cancellationToken) =>
        await Withheld(album.Id, album.OwnerId, album.Visibility)
            .OrderBy(x => x.Position)
            .ThenBy(x => x.ImageId)
            .Take(take)
            .Select(x => x.ImageId)
            .ToListAsync(cancellationToken);

    public async Task<IReadOnlyList<TrashedAlbum>> TrashAsync(Actor actor, int take, CancellationToken cancellationToken)
    {
        if (actor.MemberId is not { } me)
            return [];
        return await Albums
            .IgnoreQueryFilters()
            .Where(a => a.OwnerId == me && a.DeletedAt != null)
            .OrderByDescending(a => a.DeletedAt)
            .ThenByDescending(a => a.Id)
            .Take(take)
            .Select(a => new TrashedAlbum(a.Id, a.Title, a.DeletedAt!.Value))
            .ToListAsync(cancellationToken);
    }

    public async Task<IReadOnlyList<AlbumName>> OwnAsync(Actor actor, int take, CancellationToken cancellationToken)
    {
        if (actor.MemberId is not { } me)
            return [];
        return await Albums
            .Where(a => a.OwnerId == me)
            .OrderByDescending(a => a.CreatedAt)
            .ThenByDescending(a => a.Id)
            .Take(take)
            .Select(a => new AlbumName(a.Id, a.Slug, a.Title, a.CoverId))
            .ToListAsync(cancellationToken);
    }

    private async Task<AlbumView?> ViewAsync(Actor actor, IQueryable<Album> which, CancellationToken cancellationToken)
    {
        if (await which.Where(AlbumAccess.Openable(actor)).Include(a => a.Owner).SingleOrDefaultAsync(cancellationToken) is not { } album)
            return null;

        var shown = db.Images.Where(AlbumAccess.Shown(actor, album.OwnerId, album.Visibility));
        return new AlbumView
        {
            Id = album.Id,
            Slug = album.Slug,
            Title = album.Title,
            Description = album.Description,
            Visibility = album.Visibility,
            Order = album.Order,
            State = album.State,
            ModerationReason = actor.IsStaff || actor.Is(album.OwnerId) ? album.ModerationReason : null,
            CoverId = album.CoverId,
            OwnerId = album.OwnerId,
            OwnerUsername = album.Owner.Username.Value,
            OwnerName = album.Owner.ShownName,
            IsListed = AlbumAccess.IsListed(album),
            Images = await Places
                .Where(x => x.AlbumId == album.Id && shown.Any(i => i.Id == x.ImageId))
                .OrderBy(x => x.ImageId)
                .Take(AlbumCard.CountLimit + 1)
                .CountAsync(cancellationToken),
            Withheld =
                actor.Is(album.OwnerId) && AlbumAccess.IsShared(album.Visibility)
                    ? await Withheld(album.Id, album.OwnerId, album.Visibility).Take(AlbumCard.CountLimit).CountAsync(cancellationToken)
                    : 0,
            CreatedAt = album.CreatedAt,
            Version = album.Version,
        };
    }

    private IQueryable<AlbumImage> Withheld(AlbumId album, MemberId owner, Visibility visibility)
    {
        var withheld = db.Images.Where(AlbumAccess.Withheld(owner, visibility));
        return Places.Where(x => x.AlbumId == album && withheld.Any(i => i.Id == x.ImageId));
    }

    private IQueryable<PlacedImage> Shown(Actor actor, AlbumView album) =>
        Places
            .Where(x => x.AlbumId == album.Id)
            .Join(
                db.Images.AsNoTracking().Where(AlbumAccess.Shown(actor, album.OwnerId, album.Visibility)),
                x => x.ImageId,
                i => i.Id,
                (x, i) => new PlacedImage { Position = x.Position, Image = i }
            );
}
