using GoImg.Core.Images;
using GoImg.Core.Rendering;
using GoImg.Core.Shared;

namespace GoImg.Web.Images;

/// <summary>The words for format, visibility and rating on pages, in forms and the API.</summary>
internal static class ImageLabels
{
    public static string FormatOf(ImageView image) =>
        image.Frames > 1 ? ImageTexts.WithFrames.With(image.Format, image.Frames)
        : image.Format is ImageFormat.WebP ? "WebP"
        : image.Format.ToString().ToUpperInvariant();

    public static Result<Visibility> ParseVisibility(string word) =>
        word switch
        {
            "private" => Visibility.Private,
            "unlisted" => Visibility.Unlisted,
            "public" => Visibility.Public,
            _ => new ValidationFailed("visibility", ImageTexts.VisibilityWords),
        };

    public static Result<ContentRating> ParseRating(string word) =>
        word switch
        {
            "safe" => ContentRating.Safe,
            "nsfw" => ContentRating.Nsfw,
            _ => new ValidationFailed("content_rating", ImageTexts.RatingWords),
        };
}
