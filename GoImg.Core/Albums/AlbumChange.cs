using GoImg.Core.Accounts;
using GoImg.Core.Shared;

namespace GoImg.Core.Albums;

/// <summary>Finds an album of the actor's, changes it and saves. Somebody else's album and none at all answer the same.</summary>
public sealed class AlbumChange(IAlbums albums, IUnitOfWork unitOfWork)
{
    public async Task<Result> RunAsync(Actor actor, AlbumId id, Func<Album, Task<Result>> change, CancellationToken cancellationToken)
    {
        if (!actor.IsSignedIn)
            return new SignInRequired();
        if (await albums.FindAsync(id, cancellationToken) is not { } album || !AlbumAccess.CanEdit(actor, album))
            return new NotFound("album");

        var changed = await change(album);
        return changed.IsSuccess ? await unitOfWork.CommitAsync(cancellationToken) : changed;
    }
}
