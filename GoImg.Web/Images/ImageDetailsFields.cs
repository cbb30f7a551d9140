using GoImg.Core.Images;
using GoImg.Core.Shared;
using GoImg.Core.Tags;

namespace GoImg.Web.Images;

/// <summary>An image's details as forms and uploads send them, field by field.</summary>
internal static class ImageDetailsFields
{
    /// <param name="field">The text of a field; null when it was not sent.</param>
    public static Result<ImageDetails> Details(Func<string, string?> field)
    {
        var visibility = ImageLabels.ParseVisibility(field("visibility") ?? "private");
        if (visibility.Error is { } unknownVisibility)
            return unknownVisibility;
        var rating = ImageLabels.ParseRating(field("content_rating") ?? "safe");
        if (rating.Error is { } unknownRating)
            return unknownRating;
        return ImageDetails.Create(field("title"), field("description"), field("alt_text"), Tag.Split(field("tags")), visibility.Value, rating.Value);
    }

    /// <summary>The album to put it in; null when none is named. Whose it is is not looked at.</summary>
    /// <param name="field">The text of a field; null when it was not sent.</param>
    public static Result<Guid?> Album(Func<string, string?> field) =>
        field("album_id") is not { Length: > 0 } text ? new Result<Guid?>()
        : Guid.TryParse(text, out var id) ? (Guid?)id
        : new ValidationFailed("album_id", ImageTexts.AlbumUnknown);
}
