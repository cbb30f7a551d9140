using GoImg.Core.Albums;
using GoImg.Core.Images;
using GoImg.Infrastructure.Database;
using GoImg.Infrastructure.Images;
using Microsoft.EntityFrameworkCore;

namespace GoImg.Infrastructure.Albums;

/// <summary>Albums with their cover and the number of their images: two queries, however many albums. The cover is the chosen image, or
/// the first in the album's order, of those the asker may see.</summary>
internal sealed class AlbumCards(GoImgDbContext db)
{
    private IQueryable<AlbumImage> Places => db.Set<AlbumImage>().AsNoTracking();

    /// <param name="albums">In the order wanted.</param>
    /// <param name="shown">What the asker may see of their images.</param>
    public async Task<List<AlbumCard>> ReadAsync(IQueryable<Album> albums, IQueryable<Image> shown, CancellationToken cancellationToken)
    {
        var rows = await albums
            .Select(a => new
            {
                Album = a,
                Images = Places
                    .Where(x => x.AlbumId == a.Id && shown.Any(i => i.Id == x.ImageId))
                    .OrderBy(x => x.ImageId)
                    .Take(AlbumCard.CountLimit + 1)
                    .Count(),
                Chosen = Places
                    .Where(x => x.AlbumId == a.Id && x.ImageId == a.CoverId && shown.Any(i => i.Id == x.ImageId))
                    .Select(x => (ImageId?)x.ImageId)
                    .FirstOrDefault(),
                First = Places
                    .Where(x => x.AlbumId == a.Id)
                    .Join(
                        shown,
                        x => x.ImageId,
                        i => i.Id,
                        (x, i) =>
                            new
                            {
                                x.Position,
                                i.CreatedAt,
                                i.Id,
                            }
                    )
                    .OrderBy(p => a.Order == AlbumOrder.Manual ? p.Position : 0)
                    .ThenByDescending(p => p.CreatedAt)
                    .ThenByDescending(p => p.Id)
                    .Select(p => (ImageId?)p.Id)
                    .FirstOrDefault(),
            })
            .ToListAsync(cancellationToken);

        var coverIds = rows.Select(r => r.Chosen ?? r.First).OfType<ImageId>().ToList();
        var covers = await db
            .Images.AsNoTracking()
            .Where(i => coverIds.Contains(i.Id))
            .Select(ImageTiles.From(db, withReason: false))
            .ToDictionaryAsync(t => t.Id, cancellationToken);
        return rows.ConvertAll(r => new AlbumCard
        {
            Id = r.Album.Id,
            Slug = r.Album.Slug,
            Title = r.Album.Title,
            Visibility = r.Album.Visibility,
            State = r.Album.State,
            Images = r.Images,
            Cover = (r.Chosen ?? r.First) is { } cover ? covers.GetValueOrDefault(cover) : null,
            CreatedAt = r.Album.CreatedAt,
        });
    }
}
