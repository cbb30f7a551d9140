using GoImg.Core.Albums;
using GoImg.Core.Images;
using GoImg.Core.Shared;

namespace GoImg.Web.Albums;

internal static class AlbumLabels
{
    public static string Count(int images) =>
        images switch
        {
            0 => AlbumTexts.Empty,
            > AlbumCard.CountLimit => AlbumTexts.ImagesAtLeast.With(AlbumCard.CountLimit),
            _ => AlbumTexts.Images.With(images),
        };

    /// <summary>What moderators made of it; null when nothing.</summary>
    public static string? Mark(AlbumState state) =>
        state switch
        {
            AlbumState.Held => AlbumTexts.HeldBack,
            AlbumState.Removed => AlbumTexts.Removed,
            _ => null,
        };

    /// <summary>What sets it apart from the usual, public; null then.</summary>
    public static string? Mark(Visibility visibility) =>
        visibility switch
        {
            Visibility.Private => AlbumTexts.OnlyYou,
            Visibility.Unlisted => AlbumTexts.ByLink,
            _ => null,
        };
}
