using GoImg.Core.Images;
using GoImg.Core.Shared;

namespace GoImg.Web.Images;

/// <summary>The words for visibility and rating in forms and the API.</summary>
internal static class ImageLabels
{
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
