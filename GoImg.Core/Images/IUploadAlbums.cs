using GoImg.Core.Accounts;

namespace GoImg.Core.Images;

/// <summary>The albums that uploads go into: images know albums by their ids alone.</summary>
public interface IUploadAlbums
{
    /// <summary>False for another's album and for none alike.</summary>
    Task<bool> IsOwnAsync(Actor actor, Guid album, CancellationToken cancellationToken);

    /// <summary>Adds the image in a commit of its own; nothing happens when the album is gone.</summary>
    Task AddAsync(Actor actor, Guid album, ImageId image, CancellationToken cancellationToken);
}
