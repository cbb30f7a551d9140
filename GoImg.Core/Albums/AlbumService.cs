using GoImg.Core.Accounts;
using GoImg.Core.Audit;
using GoImg.Core.Images;
using GoImg.Core.Shared;

namespace GoImg.Core.Albums;

/// <summary>What an owner does with albums. Somebody else's album and none at all answer the same.</summary>
public sealed class AlbumService(IAlbums albums, AlbumChange change, IAuditLog audit, IUnitOfWork unitOfWork, TimeProvider clock)
{
    public const int MaxAddedAtOnce = 1_000;

    public async Task<Result<Album>> CreateAsync(Actor actor, AlbumDetails details, CancellationToken cancellationToken)
    {
        if (actor.MemberId is not { } owner)
            return new SignInRequired();

        var album = Album.Create(owner, details, clock.GetUtcNow());
        albums.Add(album);
        var saved = await unitOfWork.CommitAsync(cancellationToken);
        return saved.Error is { } error ? error : album;
    }

    /// <summary>An album with these images in it, in this order: all of them, as with <see cref="AddImagesAsync"/>, or no album.</summary>
    public async Task<Result<Album>> CreateAsync(
        Actor actor,
        AlbumDetails details,
        IReadOnlyList<ImageId> images,
        CancellationToken cancellationToken
    )
    {
        if (actor.MemberId is not { } owner)
            return new SignInRequired();
        var distinct = images.Distinct().ToList();
        if (distinct.Count > MaxAddedAtOnce)
            return new AlbumErrors.TooManyAtOnce(distinct.Count, MaxAddedAtOnce);

        var album = Album.Create(owner, details, clock.GetUtcNow());
        if (await albums.AddAsync(album, distinct, cancellationToken) != distinct.Count)
            return new NotFound("image");
        var saved = await unitOfWork.CommitAsync(cancellationToken);
        return saved.Error is { } error ? error : album;
    }

    /// <summary><paramref name="version"/> is the one the owner saw; null saves over whatever there is now.</summary>
    public Task<Result> EditAsync(Actor actor, AlbumId id, AlbumDetails details, int? version, CancellationToken cancellationToken) =>
        EditAsync(actor, id, details, cover: null, version, cancellationToken);

    /// <inheritdoc cref="EditAsync(Actor, AlbumId, AlbumDetails, int?, CancellationToken)"/>
    /// <param name="cover">Null leaves it as it is.</param>
    public Task<Result> EditAsync(
        Actor actor,
        AlbumId id,
        AlbumDetails details,
        AlbumCover? cover,
        int? version,
        CancellationToken cancellationToken
    ) =>
        change.RunAsync(
            actor,
            id,
            async album =>
            {
                if (version is { } seen && seen != album.Version)
                    return new StaleEdit();
                if (cover?.Image is { } chosen && !await albums.ContainsAsync(album.Id, chosen, cancellationToken))
                    return new AlbumErrors.NotInAlbum();
                if (album.Order == AlbumOrder.Newest && details.Order == AlbumOrder.Manual)
                    await albums.SortAsync(album.Id, AlbumSort.Newest, cancellationToken);
                var before = album.Visibility;
                album.Edit(details);
                if (cover is not null && cover.Image != album.CoverId)
                    album.ChooseCover(cover.Image);
                audit.NoteVisibility(actor, AuditAction.AlbumVisibilityChanged, album.Id.AsAuditSubject(), before, album.Visibility);
                return Result.Success;
            },
            cancellationToken
        );

    /// <summary>To the trash, where it can be restored for <see cref="Trash.Retention"/>. The images stay where they are.</summary>
    public Task<Result> DeleteAsync(Actor actor, AlbumId id, CancellationToken cancellationToken) =>
        change.RunAsync(
            actor,
            id,
            album =>
            {
                album.MoveToTrash(clock.GetUtcNow());
                return Task.FromResult(Result.Success);
            },
            cancellationToken
        );

    /// <summary>Back from the trash, with its images and its address. Not in it, no change.</summary>
    public async Task<Result> RestoreAsync(Actor actor, AlbumId id, CancellationToken cancellationToken)
    {
        if (!actor.IsSignedIn)
            return new SignInRequired();
        if (await albums.FindInTrashAsync(id, cancellationToken) is not { } album || !AlbumAccess.CanEdit(actor, album))
            return new NotFound("album");

        album.Restore();
        return await unitOfWork.CommitAsync(cancellationToken);
    }

    /// <summary>Adds up to <see cref="MaxAddedAtOnce"/> of the owner's own images; those in it already stay where they are.
    /// Fails as a whole when one is not the owner's or is deleted.</summary>
    public Task<Result> AddImagesAsync(Actor actor, AlbumId id, IReadOnlyList<ImageId> images, CancellationToken cancellationToken) =>
        change.RunAsync(
            actor,
            id,
            async album =>
            {
                var distinct = images.Distinct().ToList();
                if (distinct.Count > MaxAddedAtOnce)
                    return new AlbumErrors.TooManyAtOnce(distinct.Count, MaxAddedAtOnce);

                var inside = await albums.AppendAsync(album.Id, album.OwnerId, distinct, cancellationToken);
                return inside == distinct.Count ? Result.Success : new NotFound("image");
            },
            cancellationToken
        );

    public Task<Result> RemoveImageAsync(Actor actor, AlbumId id, ImageId image, CancellationToken cancellationToken) =>
        change.RunAsync(
            actor,
            id,
            async album =>
            {
                if (!await albums.TakeOutAsync(album.Id, image, cancellationToken))
                    return new AlbumErrors.NotInAlbum();
                if (album.CoverId == image)
                    album.ChooseCover(null);
                return Result.Success;
            },
            cancellationToken
        );

    /// <summary>Null goes back to the first image.</summary>
    public Task<Result> ChooseCoverAsync(Actor actor, AlbumId id, ImageId? image, CancellationToken cancellationToken) =>
        change.RunAsync(
            actor,
            id,
            async album =>
            {
                if (image is { } chosen && !await albums.ContainsAsync(album.Id, chosen, cancellationToken))
                    return new AlbumErrors.NotInAlbum();
                album.ChooseCover(image);
                return Result.Success;
            },
            cancellationToken
        );
}

/// <summary>What stands for an album: one of its images, or with null the first.</summary>
public sealed record AlbumCover(ImageId? Image);
