using GoImg.Core.Accounts;
using GoImg.Core.Albums;
using GoImg.Core.Images;
using GoImg.Core.Search;
using GoImg.Core.Shared;
using GoImg.Infrastructure.Database;
using GoImg.Infrastructure.Search;
using Microsoft.EntityFrameworkCore;

namespace GoImg.Infrastructure.Images;

internal sealed class ImageNeighbourQueries(GoImgDbContext db, ImageLists lists, IAlbumQueries albums, SearchNeighbours search) : IImageNeighbours
{
    public async Task<ImageNeighbours> FindAsync(Actor actor, string slug, ImageContext context, CancellationToken cancellationToken)
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

        if (context.Kind == ImageContextKind.Search && SearchQuery.Parse(context.Value) is { IsEmpty: false } query)
            return await search.FindAsync(actor, query, new Cursor(here.CreatedAt, here.Id.Value), cancellationToken);

        var list = context.Kind switch
        {
            ImageContextKind.Library => lists.Kept(actor),
            ImageContextKind.Member => lists.Listed.Where(i => i.Owner.UsernameKey == Username.KeyOf(context.Value)),
            ImageContextKind.Tag => ImageLists.Tagged(lists.Listed, context.Value),
            _ => lists.Listed,
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
}
