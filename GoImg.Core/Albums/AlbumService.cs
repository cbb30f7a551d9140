using GoImg.Core.Accounts;
using GoImg.Core.Audit;
using GoImg.Core.Images;
using GoImg.Core.Shared;

namespace GoImg.Core.Albums;

/// <summary>What an owner does with albums. Somebody else's album and none at all answer the same.</summary>
public sealed class AlbumService(IAlbums albums, IAuditLog audit, IUnitOfWork unitOfWork, TimeProvider clock)
{
    public const int MaxAddedAtOnce = 100;

    private static readonly NotFound NoAlbum = new("album");

    public async Task<Result<Album>> CreateAsync(Actor actor, AlbumDetails details, CancellationToken cancellationToken)
    {
        if (actor.MemberId is not { } owner)
            return new SignInRequired();

        var album = Album.Create(owner, details, clock.GetUtcNow());
        albums.Add(album);
        var saved = await unitOfWork.CommitAsync(cancellationToken);
        return saved.Error is { } error ? error : album;
    }

    /// <summary><paramref name="version"/> is the one the owner saw; null saves over whatever there is now.</summary>
    public Task<Result> EditAsync(Actor actor, AlbumId id, AlbumDetails details, int? version, CancellationToken cancellationToken) =>
        ChangeAsync(
            actor,
            id,
            cancellationToken,
            async album =>
            {
                if (version is { } seen && seen != album.Version)
                    return new StaleEdit();
                if (album.Order == AlbumOrder.Newest && details.Order == AlbumOrder.Manual)
                    await albums.NumberByDateAsync(album.Id, cancellationToken);
                var before = album.Visibility;
                album.Edit(details);
                AlbumStaffViews.NoteVisibility(audit, actor, album, before);
                return Result.Success;
            }
        );

    /// <summary>The images stay where they are.</summary>
    public Task<Result> DeleteAsync(Actor actor, AlbumId id, CancellationToken cancellationToken) =>
        ChangeAsync(
            actor,
            id,
            cancellationToken,
            album =>
            {
                albums.Remove(album);
                return Task.FromResult(Result.Success);
            }
        );

    /// <summary>Adds up to <see cref="MaxAddedAtOnce"/> of the owner's own images; those in it already stay where they are.
    /// Fails as a whole when one is not the owner's or is deleted.</summary>
    public Task<Result> AddImagesAsync(Actor actor, AlbumId id, IReadOnlyList<ImageId> images, CancellationToken cancellationToken) =>
        ChangeAsync(
            actor,
            id,
            cancellationToken,
            async album =>
            {
                var distinct = images.Distinct().ToList();
                if (distinct.Count > MaxAddedAtOnce)
                    return new AlbumErrors.TooManyAtOnce(distinct.Count, MaxAddedAtOnce);

                var inside = await albums.AppendAsync(album.Id, album.OwnerId, distinct, cancellationToken);
                return inside == distinct.Count ? Result.Success : new NotFound("image");
            }
        );

    public Task<Result> RemoveImageAsync(Actor actor, AlbumId id, ImageId image, CancellationToken cancellationToken) =>
        ChangeAsync(
            actor,
            id,
            cancellationToken,
            async album =>
            {
                if (!await albums.TakeOutAsync(album.Id, image, cancellationToken))
                    return new AlbumErrors.NotInAlbum();
                if (album.CoverId == image)
                    album.ChooseCover(null);
                return Result.Success;
            }
        );

    /// <summary>Null goes back to the first image.</summary>
    public Task<Result> ChooseCoverAsync(Actor actor, AlbumId id, ImageId? image, CancellationToken cancellationToken) =>
        ChangeAsync(
            actor,
            id,
            cancellationToken,
            async album =>
            {
                if (image is { } chosen && !await albums.ContainsAsync(album.Id, chosen, cancellationToken))
                    return new AlbumErrors.NotInAlbum();
                album.ChooseCover(image);
                return Result.Success;
            }
        );

    /// <summary>One place towards the front or the back. An album ordered by date keeps that order as it is now and is the owner's to arrange from here on.</summary>
    public Task<Result> MoveImageAsync(Actor actor, AlbumId id, ImageId image, bool towardsFront, CancellationToken cancellationToken) =>
        ChangeAsync(
            actor,
            id,
            cancellationToken,
            async album =>
            {
                await TakeOverOrderAsync(album, cancellationToken);
                return await albums.SwapAsync(album.Id, image, towardsFront, cancellationToken) ? Result.Success : new AlbumErrors.NotInAlbum();
            }
        );

    /// <summary>Puts these first, in this order; ids that are not in the album are passed over.</summary>
    public Task<Result> ArrangeAsync(Actor actor, AlbumId id, IReadOnlyList<ImageId> images, CancellationToken cancellationToken) =>
        ChangeAsync(
            actor,
            id,
            cancellationToken,
            async album =>
            {
                await TakeOverOrderAsync(album, cancellationToken);
                await albums.ArrangeAsync(album.Id, [.. images.Distinct()], cancellationToken);
                return Result.Success;
            }
        );

    private async Task TakeOverOrderAsync(Album album, CancellationToken cancellationToken)
    {
        if (album.Order == AlbumOrder.Manual)
            return;

        await albums.NumberByDateAsync(album.Id, cancellationToken);
        album.OrderBy(AlbumOrder.Manual);
    }

    private async Task<Result> ChangeAsync(Actor actor, AlbumId id, CancellationToken cancellationToken, Func<Album, Task<Result>> change)
    {
        if (!actor.IsSignedIn)
            return new SignInRequired();
        if (await albums.FindAsync(id, cancellationToken) is not { } album || !AlbumAccess.CanEdit(actor, album))
            return NoAlbum;

        var changed = await change(album);
        return changed.IsSuccess ? await unitOfWork.CommitAsync(cancellationToken) : changed;
    }
}
