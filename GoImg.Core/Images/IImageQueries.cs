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

    /// <summary>As <see cref="LibraryAsync"/> of everything, by number or cursor.</summary>
    Task<Page<ImageTile>> LibraryPageAsync(Actor actor, PageRequest page, CancellationToken cancellationToken);

    /// <summary>What the asker may find, by number or cursor.</summary>
    Task<Page<ImageTile>> ListAsync(Actor actor, ImageFilter filter, PageRequest page, CancellationToken cancellationToken);

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
    /// <param name="prefix">Those that begin so; empty for all.</param>
    /// <param name="page">By number: their order changes while one reads.</param>
    Task<Page<TagCount>> TagsAsync(string prefix, PageRequest page, CancellationToken cancellationToken);

    /// <inheritdoc cref="TagsAsync"/>
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

    public string ShownTitle => ImageTitle.Shown(Title);
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

/// <summary>Which images a list is of; all that are listed without any condition.</summary>
/// <param name="Owner">Of this member alone. The asker's own: all that are ready, whoever else may see them.</param>
/// <param name="Tags">Each has all of them.</param>
/// <param name="OldestFirst">Else newest first.</param>
public sealed record ImageFilter(MemberId? Owner, IReadOnlyList<string> Tags, bool OldestFirst = false)
{
    public static ImageFilter All { get; } = new(null, []);
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
