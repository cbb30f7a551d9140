using System.Linq.Expressions;
using GoImg.Core.Images;
using GoImg.Infrastructure.Database;

namespace GoImg.Infrastructure.Images;

/// <summary>The one projection of an image in a list, for every query that ends in one.</summary>
internal static class ImageTiles
{
    /// <summary><paramref name="withReason"/>: the list is the owner's own, and tells why an image failed or was held.</summary>
    public static Expression<Func<Image, ImageTile>> From(GoImgDbContext db, bool withReason) =>
        i => new ImageTile
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
            OwnerUsername = i.Owner.UsernameKey,
            OwnerName = i.Owner.DisplayName,
            Likes = db.Set<ImageCounters>().Where(c => c.ImageId == i.Id).Select(c => c.Likes).FirstOrDefault(),
            CreatedAt = i.CreatedAt,
            DeletedAt = i.DeletedAt,
            Reason = withReason ? i.ModerationReason ?? i.FailureReason : null,
        };
}
