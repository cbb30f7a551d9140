using GoImg.Core.Images;
using GoImg.Web.Ui;

namespace GoImg.Web.Images;

/// <summary>An image as everybody's lists draw it.</summary>
internal static class ListedTile
{
    /// <param name="withVisibility">The list has the asker's own among others': those that not everyone finds say so.</param>
    public static IReadOnlyList<TileImage> All(
        IEnumerable<ImageTile> images,
        ImageContext context,
        HttpContext? http,
        IImageUrls urls,
        bool withOwner = true,
        bool withVisibility = false
    ) =>
        [
            .. images.Select(image =>
                Of(image, context, http, urls, withOwner) is var tile && withVisibility
                    ? tile with
                    {
                        Badge = tile.Badge ?? VisibilityLabels.Mark(image.Visibility)?.Word,
                    }
                    : tile
            ),
        ];

    private static TileImage Of(ImageTile image, ImageContext context, HttpContext? http, IImageUrls urls, bool withOwner) =>
        new()
        {
            Href = urls.Page(image.Slug, context),
            Renditions = urls.Renditions(image),
            Title = image.ShownTitle,
            AltText = image.AltText,
            By = withOwner ? image.OwnerName : null,
            Likes = image.Likes,
            WidthPx = image.WidthPx,
            HeightPx = image.HeightPx,
            DominantColor = image.DominantColor,
            Placeholder = image.Placeholder,
            IsCovered = Sensitive.IsCoveredInLists(http, image),
            Instead = image.State switch
            {
                ImageState.Processing => ImageTexts.StateProcessing,
                ImageState.Failed => ImageTexts.StateFailed,
                ImageState.Quarantined => ImageTexts.StateQuarantined,
                _ => null,
            },
            Badge = image.State == ImageState.Flagged ? ImageTexts.StateHeld : null,
        };
}
