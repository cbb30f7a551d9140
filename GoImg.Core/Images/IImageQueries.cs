using GoImg.Core.Accounts;
using GoImg.Core.Rendering;
using GoImg.Core.Shared;

namespace GoImg.Core.Images;

/// <summary>Images to look at: one query a page, straight to records, newest first in keyset order. Every list passes <see cref="ImageAccess"/>.</summary>
public interface IImageQueries
{
    /// <summary>What anyone may find.</summary>
    Task<Page<ImageTile>> ExploreAsync(Cursor? after, int take, CancellationToken cancellationToken);

    /// <summary>One member's listed images.</summary>
    Task<Page<ImageTile>> ByMemberAsync(MemberId member, Cursor? after, int take, CancellationToken cancellationToken);

    Task<Page<ImageTile>> ByTagAsync(string tag, Cursor? after, int take, CancellationToken cancellationToken);

    /// <summary>The asker's own images of every state but deleted.</summary>
    Task<Page<ImageTile>> LibraryAsync(Actor actor, LibraryFilter filter, Cursor? after, int take, CancellationToken cancellationToken);

    /// <summary>How far a list that is read by the page is counted; one that has as many may have more.</summary>
    const int MostCounted = 10_000;

    /// <summary>As <see cref="LibraryAsync"/> of everything, by the page's number from 1, with how many there are in all, up to <see cref="MostCounted"/>.
    /// Costs reading past all earlier pages, so callers bound <paramref name="number"/>.</summary>
    Task<(Page<ImageTile> Page, int Total)> LibraryPageAsync(Actor actor, int number, int take, CancellationToken cancellationToken);

    /// <summary>The asker's deleted images, last deleted first.</summary>
    Task<Page<ImageTile>> TrashAsync(Actor actor, Cursor? after, int take, CancellationToken cancellationToken);

    /// <summary>Everything the image page shows; null for hidden and absent alike.</summary>
    Task<ImageView?> FindAsync(Actor actor, string slug, CancellationToken cancellationToken);

    Task<ImageView?> FindAsync(Actor actor, ImageId id, CancellationToken cancellationToken);

    /// <summary>Those of them that the asker may open, in one query.</summary>
    Task<IReadOnlyDictionary<ImageId, ImageView>> FindAllAsync(Actor actor, IReadOnlyCollection<ImageId> ids, CancellationToken cancellationToken);

    /// <summary>What serving an image's bytes needs, by one indexed query; null for hidden and absent alike.</summary>
    Task<ImageFile?> FindFileAsync(Actor actor, string slug, CancellationToken cancellationToken);

    Task<ImageFile?> FindFileAsync(Actor actor, ImageId id, CancellationToken cancellationToken);

    /// <summary>The commonest tags of listed images, most used first, as jobs counted them: moments old.</summary>
    Task<IReadOnlyList<TagCount>> PopularTagsAsync(int take, CancellationToken cancellationToken);
}

/// <summary>One image in a list.</summary>
public sealed record ImageTile
{
    public required ImageId Id { get; init; }
    public required string Slug { get; init; }
    public required string Title { get; init; }
    public required string AltText { get; init; }
    public required int WidthPx { get; init; }
    public required int HeightPx { get; init; }
    public required string DominantColor { get; init; }
    public required byte[] Placeholder { get; init; }

    /// <summary>The set of renditions that is served; empty before the first.</summary>
    public required string RenditionSet { get; init; }
    public required ContentRating Rating { get; init; }
    public required ImageState State { get; init; }
    public required ImageStage Stage { get; init; }
    public required Visibility Visibility { get; init; }
    public required string OwnerUsername { get; init; }
    public required string OwnerName { get; init; }
    public required int Likes { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
    public required DateTimeOffset? DeletedAt { get; init; }

    /// <summary>For the owner's own lists; null in all others.</summary>
    public string? Reason { get; init; }

    public string ShownTitle => Title.Length > 0 ? Title : "Untitled";
}

/// <summary>One image with all its page shows.</summary>
public sealed record ImageView
{
    public required ImageTile Tile { get; init; }
    public required MemberId OwnerId { get; init; }
    public required string Description { get; init; }
    public required IReadOnlyList<string> Tags { get; init; }
    public required ImageFormat Format { get; init; }
    public required long SizeBytes { get; init; }
    public required int Frames { get; init; }
    public required byte[] Sha256 { get; init; }
    public required bool AllowsDownload { get; init; }

    /// <summary>All of it for the owner, for others what the owner shows.</summary>
    public required CameraData Camera { get; init; }

    /// <summary>What others see of it.</summary>
    public required CameraParts CameraShown { get; init; }
    public required int Comments { get; init; }
    public required int Views { get; init; }
    public required bool IsListed { get; init; }
    public required bool LikedByActor { get; init; }
    public required int Version { get; init; }

    /// <summary>For the owner and staff; null for others.</summary>
    public required string? FileName { get; init; }
    public required string? FailureCode { get; init; }
    public required string? FailureReason { get; init; }
    public required string? ModerationReason { get; init; }
}

public sealed record TagCount(string Tag, int Images);

/// <summary>The list an image was opened from, as the address carries it: <c>explore</c>, <c>u:name</c>, <c>a:slug</c>, <c>t:tag</c>, <c>s:query</c>, <c>library</c>.</summary>
public sealed record ImageContext(ImageContextKind Kind, string Value)
{
    public static readonly ImageContext Explore = new(ImageContextKind.Explore, "");

    public static readonly ImageContext Library = new(ImageContextKind.Library, "");

    /// <summary>Anything unknown is Explore.</summary>
    public static ImageContext Parse(string? text) =>
        text switch
        {
            "library" => Library,
            ['u', ':', .. var name] => new(ImageContextKind.Member, name),
            ['a', ':', .. var slug] => new(ImageContextKind.Album, slug),
            ['t', ':', .. var tag] => new(ImageContextKind.Tag, tag),
            ['s', ':', .. var query] => new(ImageContextKind.Search, query),
            _ => Explore,
        };

    public override string ToString() =>
        Kind switch
        {
            ImageContextKind.Library => "library",
            ImageContextKind.Member => "u:" + Value,
            ImageContextKind.Album => "a:" + Value,
            ImageContextKind.Tag => "t:" + Value,
            ImageContextKind.Search => "s:" + Value,
            _ => "explore",
        };
}

public enum ImageContextKind
{
    Explore,
    Member,
    Album,
    Tag,
    Search,
    Library,
}
