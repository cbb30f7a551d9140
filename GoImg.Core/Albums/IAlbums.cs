using GoImg.Core.Accounts;
using GoImg.Core.Images;

namespace GoImg.Core.Albums;

/// <summary>Albums to change, owners loaded with them. Contents change in the transaction of the current unit of work.</summary>
public interface IAlbums
{
    void Add(Album album);

    /// <summary>Adds an album and appends to it, as <see cref="AppendAsync"/> does and with its result.</summary>
    Task<int> AddAsync(Album album, IReadOnlyList<ImageId> images, CancellationToken cancellationToken);

    Task<Album?> FindBySlugAsync(string slug, CancellationToken cancellationToken);

    Task<Album?> FindAsync(AlbumId id, CancellationToken cancellationToken);

    Task<Album?> FindInTrashAsync(AlbumId id, CancellationToken cancellationToken);

    /// <summary>Deletes for good what was moved to the trash before then; the images stay. Returns how many albums it was, at most <paramref name="take"/>.</summary>
    Task<int> RemoveExpiredAsync(DateTimeOffset before, int take, CancellationToken cancellationToken);

    /// <summary>Appends those of <paramref name="images"/> that are <paramref name="owner"/>'s, not deleted, and not in the album yet.
    /// Returns how many of them lie in it now, the ones from before included.</summary>
    Task<int> AppendAsync(AlbumId album, MemberId owner, IReadOnlyList<ImageId> images, CancellationToken cancellationToken);

    /// <summary>False when it was not in the album.</summary>
    Task<bool> TakeOutAsync(AlbumId album, ImageId image, CancellationToken cancellationToken);

    Task<bool> ContainsAsync(AlbumId album, ImageId image, CancellationToken cancellationToken);

    /// <summary>Numbers all images by this order.</summary>
    Task SortAsync(AlbumId album, AlbumSort sort, CancellationToken cancellationToken);

    /// <summary>Changes places with the image before (or after) it; at the end of the row nothing happens. False when it was not in the album.</summary>
    Task<bool> SwapAsync(AlbumId album, ImageId image, bool withPrevious, CancellationToken cancellationToken);

    /// <summary>False when the image, or the one it is to stand at, is not in the album.</summary>
    Task<bool> PlaceAsync(AlbumId album, ImageId image, AlbumPlace place, CancellationToken cancellationToken);

    /// <summary>Puts <paramref name="images"/> first, in this order; all others keep theirs behind them.</summary>
    Task ArrangeAsync(AlbumId album, IReadOnlyList<ImageId> images, CancellationToken cancellationToken);
}
