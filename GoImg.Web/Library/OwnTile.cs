using GoImg.Core.Images;
using GoImg.Web.Images;
using GoImg.Web.Shell;
using GoImg.Web.Ui;

namespace GoImg.Web.Library;

/// <summary>An image as its owner's lists draw it: with what keeps it from being seen, and never covered.</summary>
internal static class OwnTile
{
    public static TileImage Of(ImageTile image, IImageUrls urls) =>
        new()
        {
            Href = urls.Page(image.Slug, ImageContext.Library),
            Renditions = urls.Renditions(image),
            Title = image.ShownTitle,
            AltText = image.AltText,
            Likes = image.Likes,
            WidthPx = image.WidthPx,
            HeightPx = image.HeightPx,
            DominantColor = image.DominantColor,
            Placeholder = image.Placeholder,
            Instead = Instead(image),
            Badge = image.State is ImageState.Active or ImageState.Flagged ? Badge(image) : null,
        };

    private static string? Instead(ImageTile image) =>
        image.State switch
        {
            ImageState.Processing => image.Stage switch
            {
                ImageStage.WaitingForScanner => ImageTexts.StageWaiting,
                ImageStage.Scanning => ImageTexts.StageScanning,
                ImageStage.Rendering or ImageStage.Ready => ImageTexts.StageRendering,
                _ => ImageTexts.StageReceived,
            },
            ImageState.Failed => ImageTexts.StateFailed,
            ImageState.Quarantined => ImageTexts.StateQuarantined,
            // Without a placeholder it was never rendered, so there is nothing to show from the trash.
            ImageState.Deleted when image.Placeholder.Length == 0 => image.ShownTitle,
            _ => null,
        };

    private static string? Badge(ImageTile image) =>
        (image.State, image.Visibility) switch
        {
            (ImageState.Flagged, _) => ImageTexts.StateHeld,
            (_, Visibility.Private) => ShellTexts.Private,
            (_, Visibility.Unlisted) => ShellTexts.Unlisted,
            _ => null,
        };
}
