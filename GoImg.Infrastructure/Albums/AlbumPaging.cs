using System.Linq.Expressions;
using GoImg.Core.Albums;
using GoImg.Core.Images;
using GoImg.Core.Shared;
using Microsoft.EntityFrameworkCore;

namespace GoImg.Infrastructure.Albums;

/// <summary>An image and where it stands in an album.</summary>
internal sealed class PlacedImage
{
    public long Position { get; init; }

    public Image Image { get; init; } = null!;
}

/// <summary>Where a reader is in an album: by position in one order, by date in the other.</summary>
internal sealed record AlbumPosition(long Position, DateTimeOffset CreatedAt, ImageId Id);

/// <summary>Keyset paging through an album in either of its orders.</summary>
internal static class AlbumPaging
{
    public static readonly Expression<Func<PlacedImage, AlbumPosition>> ToPlace = p => new AlbumPosition(p.Position, p.Image.CreatedAt, p.Image.Id);

    public static IQueryable<PlacedImage> Sort(IQueryable<PlacedImage> placed, AlbumOrder order, bool backwards) =>
        (order, backwards) switch
        {
            (AlbumOrder.Manual, false) => placed.OrderBy(p => p.Position).ThenBy(p => p.Image.Id),
            (AlbumOrder.Manual, true) => placed.OrderByDescending(p => p.Position).ThenByDescending(p => p.Image.Id),
            (_, false) => placed.OrderByDescending(p => p.Image.CreatedAt).ThenByDescending(p => p.Image.Id),
            (_, true) => placed.OrderBy(p => p.Image.CreatedAt).ThenBy(p => p.Image.Id),
        };

    /// <summary>What comes after a place, or before it.</summary>
    public static IQueryable<PlacedImage> Beyond(IQueryable<PlacedImage> placed, AlbumOrder order, AlbumPosition here, bool backwards) =>
        (order, backwards) switch
        {
            (AlbumOrder.Manual, false) => placed.Where(p =>
                EF.Functions.GreaterThan(ValueTuple.Create(p.Position, p.Image.Id), ValueTuple.Create(here.Position, here.Id))
            ),
            (AlbumOrder.Manual, true) => placed.Where(p =>
                EF.Functions.LessThan(ValueTuple.Create(p.Position, p.Image.Id), ValueTuple.Create(here.Position, here.Id))
            ),
            (_, false) => placed.Where(p =>
                EF.Functions.LessThan(ValueTuple.Create(p.Image.CreatedAt, p.Image.Id), ValueTuple.Create(here.CreatedAt, here.Id))
            ),
            (_, true) => placed.Where(p =>
                EF.Functions.GreaterThan(ValueTuple.Create(p.Image.CreatedAt, p.Image.Id), ValueTuple.Create(here.CreatedAt, here.Id))
            ),
        };

    // A cursor carries a time. In manual order the position travels as its ticks.
    public static Cursor Write(AlbumPosition place, AlbumOrder order) =>
        new(
            order == AlbumOrder.Manual
                ? new DateTimeOffset(Math.Clamp(place.Position, 0, DateTimeOffset.MaxValue.Ticks), TimeSpan.Zero)
                : place.CreatedAt,
            place.Id.Value
        );

    public static AlbumPosition Read(Cursor cursor) => new(cursor.At.Ticks, cursor.At, new ImageId(cursor.Id));
}
