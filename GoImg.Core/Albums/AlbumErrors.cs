using GoImg.Core.Shared;

namespace GoImg.Core.Albums;

public static class AlbumErrors
{
    public sealed record TooManyAtOnce(int Count, int Max)
        : Error(ErrorKind.Invalid, "album.too_many_at_once", AlbumErrorTexts.TooManyAtOnce.With(Count, Max));

    public sealed record NotInAlbum() : Error(ErrorKind.NotFound, "album.not_in_album", AlbumErrorTexts.NotInAlbum);

    public sealed record ChangedSince() : Error(ErrorKind.Conflict, "album.changed_since", AlbumErrorTexts.ChangedSince);
}
