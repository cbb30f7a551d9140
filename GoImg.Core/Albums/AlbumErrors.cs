using GoImg.Core.Shared;

namespace GoImg.Core.Albums;

public static class AlbumErrors
{
    public sealed record TooManyAtOnce(int Count, int Max)
        : Error(ErrorKind.Invalid, "album.too_many_at_once", $"{Count} images are too many at once; the limit is {Max}. Add them in parts.");

    public sealed record NotInAlbum()
        : Error(ErrorKind.NotFound, "album.not_in_album", "This image is not in the album. Reload the page to see what is.");

    public sealed record ChangedSince()
        : Error(ErrorKind.Conflict, "album.changed_since", "The album was changed after this decision, so undoing it would change something else.");
}
