using System.Globalization;
using GoImg.Core.Albums;
using GoImg.Core.Images;

namespace GoImg.Web.Albums;

internal static class AlbumLabels
{
    public static string Count(int images) =>
        images switch
        {
            0 => "Empty",
            1 => "1 image",
            > AlbumCard.CountLimit => string.Create(CultureInfo.InvariantCulture, $"{AlbumCard.CountLimit:N0}+ images"),
            _ => string.Create(CultureInfo.InvariantCulture, $"{images:N0} images"),
        };

    /// <summary>What moderators made of it; null when nothing.</summary>
    public static string? Mark(AlbumState state) =>
        state switch
        {
            AlbumState.Held => "held back",
            AlbumState.Removed => "removed",
            _ => null,
        };

    /// <summary>What sets it apart from the usual, public; null then.</summary>
    public static string? Mark(Visibility visibility) =>
        visibility switch
        {
            Visibility.Private => "only you",
            Visibility.Unlisted => "by link",
            _ => null,
        };
}
