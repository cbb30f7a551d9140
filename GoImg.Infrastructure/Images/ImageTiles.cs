using System.Linq.Expressions;
using GoImg.Core.Images;
using GoImg.Infrastructure.Database;

namespace GoImg.Infrastructure.Images;

/// <summary>The one projection of an image in a list, for queries that end in one and for images that are loaded.</summary>
internal static class ImageTiles
{
    private static readonly Expression<Func<Image, int, bool, ImageTile>> Tile = (i, likes, withReason) =>
        new ImageTile
        {
            Id = i.Id,
            Slug = i.Slug,
            Title = i.Title,
            AltText = i.AltText,
            WidthPx = i.WidthPx,
            HeightPx = i.HeightPx,
            DominantColor = i.DominantColor,
            Placeholder = i.Placeholder,
            RenditionSet = i.RenditionSet,
            Rating = i.Rating,
            State = i.State,
            Stage = i.Stage,
            Visibility = i.Visibility,
            OwnerUsername = i.Owner.Username.Value,
            OwnerName = i.Owner.DisplayName.Length > 0 ? i.Owner.DisplayName : i.Owner.Username.Value,
            Likes = likes,
            CreatedAt = i.CreatedAt,
            DeletedAt = i.DeletedAt,
            Reason = withReason ? i.ModerationReason ?? i.FailureReason : null,
        };

    private static readonly Func<Image, int, bool, ImageTile> Compiled = Tile.Compile();

    /// <summary><paramref name="withReason"/>: the asker is the owner or staff, and is told why an image failed or was hidden.</summary>
    public static Expression<Func<Image, ImageTile>> From(GoImgDbContext db, bool withReason)
    {
        Expression<Func<Image, int>> likes = i => db.Set<ImageCounters>().Where(c => c.ImageId == i.Id).Select(c => c.Likes).FirstOrDefault();
        var image = likes.Parameters[0];
        var body = Tile
            .Body.With(Tile.Parameters[0], image)
            .With(Tile.Parameters[1], likes.Body)
            .With(Tile.Parameters[2], Expression.Constant(withReason));
        return Expression.Lambda<Func<Image, ImageTile>>(body, image);
    }

    /// <inheritdoc cref="From"/>
    /// <param name="image">Loaded with its owner.</param>
    public static ImageTile Of(Image image, int likes, bool withReason) => Compiled(image, likes, withReason);
}
