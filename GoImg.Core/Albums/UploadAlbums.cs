using GoImg.Core.Accounts;
using GoImg.Core.Images;

namespace GoImg.Core.Albums;

/// <inheritdoc/>
public sealed class UploadAlbums(IAlbumQueries queries, AlbumService albums) : IUploadAlbums
{
    public async Task<bool> IsOwnAsync(Actor actor, Guid album, CancellationToken cancellationToken) =>
        await queries.FindAsync(actor, new AlbumId(album), cancellationToken) is { } found && actor.Is(found.OwnerId);

    public Task AddAsync(Actor actor, Guid album, ImageId image, CancellationToken cancellationToken) =>
        albums.AddImagesAsync(actor, new AlbumId(album), [image], cancellationToken);
}
