using GoImg.Core.Accounts;
using GoImg.Core.Images;
using GoImg.Core.Shared;

namespace GoImg.Core.Albums;

/// <summary>Albums to look at. Every list passes <see cref="AlbumAccess"/>, and their images ImageAccess.</summary>
public interface IAlbumQueries
{
    /// <summary>One member's albums, newest first: all for the member, the listed ones for others.</summary>
    Task<Page<AlbumCard>> ByMemberAsync(Actor actor, MemberId member, Cursor? after, int take, CancellationToken cancellationToken);

    /// <summary>Albums newest first, by number or cursor: one member's as <see cref="ByMemberAsync"/> has them, or all that are listed.</summary>
    Task<Page<AlbumCard>> ListAsync(Actor actor, MemberId? owner, PageRequest page, CancellationToken cancellationToken);

    /// <summary>Those of them that exist, whoever may see them, with what anyone finds in them: for staff, which the caller checks. In two queries.</summary>
    Task<IReadOnlyDictionary<AlbumId, AlbumCard>> FindAllAsync(IReadOnlyCollection<AlbumId> ids, CancellationToken cancellationToken);

    /// <summary>Null for hidden and absent alike.</summary>
    Task<AlbumView?> FindAsync(Actor actor, string slug, CancellationToken cancellationToken);

    Task<AlbumView?> FindAsync(Actor actor, AlbumId id, CancellationToken cancellationToken);

    /// <summary>What the asker finds in an album it may open, in the album's order.</summary>
    Task<Page<ImageTile>> ImagesAsync(Actor actor, AlbumView album, PageRequest page, CancellationToken cancellationToken);

    /// <inheritdoc cref="ImagesAsync(Actor, AlbumView, PageRequest, CancellationToken)"/>
    Task<Page<ImageTile>> ImagesAsync(Actor actor, AlbumView album, Cursor? after, int take, CancellationToken cancellationToken) =>
        ImagesAsync(actor, album, new PageRequest(take, after), cancellationToken);

    /// <summary>The same images, with what reading their bytes needs.</summary>
    Task<Page<ImageFile>> FilesAsync(Actor actor, AlbumView album, Cursor? after, int take, CancellationToken cancellationToken);

    /// <summary>The images before and after one, in the album's order; both null when the asker can't see the album or the image in it.</summary>
    Task<ImageNeighbours> NeighboursAsync(Actor actor, string albumSlug, string imageSlug, CancellationToken cancellationToken);

    /// <summary>The albums an image is in that the asker may know of: the listed ones, and the asker's own.</summary>
    Task<IReadOnlyList<AlbumName>> ContainingAsync(Actor actor, ImageId image, CancellationToken cancellationToken);

    /// <summary>The images that <see cref="AlbumView.Withheld"/> counts, in the album's order, at most <paramref name="take"/>.</summary>
    Task<IReadOnlyList<ImageId>> WithheldAsync(AlbumView album, int take, CancellationToken cancellationToken);

    /// <summary>The asker's albums that lie in the trash, the last deleted first, at most <paramref name="take"/>.</summary>
    Task<IReadOnlyList<TrashedAlbum>> TrashAsync(Actor actor, int take, CancellationToken cancellationToken);

    /// <summary>The asker's own albums for a menu, newest first, at most <paramref name="take"/>.</summary>
    Task<IReadOnlyList<AlbumName>> OwnAsync(Actor actor, int take, CancellationToken cancellationToken);
}

/// <summary>An album in a list.</summary>
public sealed record AlbumCard
{
    public required AlbumId Id { get; init; }
    public required string Slug { get; init; }
    public required string Title { get; init; }
    public required Visibility Visibility { get; init; }
    public required AlbumState State { get; init; }

    /// <summary>How many the asker finds in it, counted up to <see cref="CountLimit"/>.</summary>
    public required int Images { get; init; }

    /// <summary>Null while there is nothing in it for the asker.</summary>
    public required ImageTile? Cover { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Past this, "1000+": an exact number would cost a scan of the whole album.</summary>
    public const int CountLimit = 1000;
}

/// <summary>An album with all its page shows, but its images.</summary>
public sealed record AlbumView
{
    public required AlbumId Id { get; init; }
    public required string Slug { get; init; }
    public required string Title { get; init; }
    public required string Description { get; init; }
    public required Visibility Visibility { get; init; }
    public required AlbumOrder Order { get; init; }
    public required AlbumState State { get; init; }

    /// <summary>For its owner and staff; null for others.</summary>
    public required string? ModerationReason { get; init; }
    public required ImageId? CoverId { get; init; }
    public required MemberId OwnerId { get; init; }
    public required string OwnerUsername { get; init; }
    public required string OwnerName { get; init; }
    public required bool IsListed { get; init; }
    public required int Images { get; init; }

    /// <summary>For its owner: how many of them others who may open the album don't see, up to <see cref="AlbumCard.CountLimit"/>. Else 0.</summary>
    public required int Withheld { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
    public required int Version { get; init; }
}

/// <summary>An album in its owner's trash.</summary>
public sealed record TrashedAlbum(AlbumId Id, string Title, DateTimeOffset DeletedAt);

/// <param name="CoverId">The image that was chosen for it; null before.</param>
public sealed record AlbumName(AlbumId Id, string Slug, string Title, ImageId? CoverId);
