using GoImg.Core.Accounts;
using GoImg.Core.Images;
using GoImg.Core.Shared;

namespace GoImg.Core.Albums;

/// <summary>The order of an album's images. Whatever is asked for, an album ordered by date keeps that order as it is now and is the owner's
/// to arrange from here on.</summary>
public sealed class ArrangeAlbum(IAlbums albums, AlbumChange change)
{
    /// <summary>One place towards the front or the back; at the ends nothing happens.</summary>
    public Task<Result> StepAsync(Actor actor, AlbumId id, ImageId image, bool towardsFront, CancellationToken cancellationToken) =>
        RunAsync(actor, id, album => albums.SwapAsync(album.Id, image, towardsFront, cancellationToken), cancellationToken);

    /// <summary>Over any distance.</summary>
    public Task<Result> PlaceAsync(Actor actor, AlbumId id, ImageId image, AlbumPlace place, CancellationToken cancellationToken) =>
        RunAsync(actor, id, album => albums.PlaceAsync(album.Id, image, place, cancellationToken), cancellationToken);

    /// <summary>Puts these first, in this order; ids that are not in the album are passed over.</summary>
    public Task<Result> OrderAsync(Actor actor, AlbumId id, IReadOnlyList<ImageId> images, CancellationToken cancellationToken) =>
        RunAsync(
            actor,
            id,
            async album =>
            {
                await albums.ArrangeAsync(album.Id, [.. images.Distinct()], cancellationToken);
                return true;
            },
            cancellationToken
        );

    public Task<Result> SortAsync(Actor actor, AlbumId id, AlbumSort sort, CancellationToken cancellationToken) =>
        RunAsync(
            actor,
            id,
            async album =>
            {
                await albums.SortAsync(album.Id, sort, cancellationToken);
                return true;
            },
            cancellationToken
        );

    private Task<Result> RunAsync(Actor actor, AlbumId id, Func<Album, Task<bool>> arrange, CancellationToken cancellationToken) =>
        change.RunAsync(
            actor,
            id,
            async album =>
            {
                if (album.Order != AlbumOrder.Manual)
                {
                    await albums.SortAsync(album.Id, AlbumSort.Newest, cancellationToken);
                    album.OrderBy(AlbumOrder.Manual);
                }

                return await arrange(album) ? Result.Success : new AlbumErrors.NotInAlbum();
            },
            cancellationToken
        );
}

/// <summary>Right before another image of the album, or right behind it; of none, the front or the end.</summary>
public sealed record AlbumPlace(bool IsBehind, ImageId? Image)
{
    public static AlbumPlace Before(ImageId image) => new(IsBehind: false, image);

    public static AlbumPlace Behind(ImageId image) => new(IsBehind: true, image);

    public static AlbumPlace Front { get; } = new(IsBehind: false, Image: null);

    public static AlbumPlace End { get; } = new(IsBehind: true, Image: null);
}

/// <summary>Orders to put an album's images into once, by hand from then on.</summary>
public enum AlbumSort
{
    Newest,
    Oldest,

    /// <summary>By the title, or the file's name without one, ignoring case.</summary>
    Title,

    /// <summary>Today's order, back to front.</summary>
    Reversed,
}
