using GoImg.Core.Accounts;
using GoImg.Core.Images;
using GoImg.Core.Shared;

namespace GoImg.Core.Social;

/// <summary>Comments to change, in the transaction of the current unit of work. The image's count changes with them, atomically.</summary>
public interface IComments
{
    Task AddAsync(Comment comment, CancellationToken cancellationToken);

    /// <summary>With its author, its image and that image's owner; deleted ones too.</summary>
    Task<Comment?> FindAsync(CommentId id, CancellationToken cancellationToken);

    /// <summary>Takes a comment that was just deleted off the image's count, or puts a restored one back, unless its author is hidden: then it is not in it.</summary>
    Task CountAsync(Comment comment, int change, CancellationToken cancellationToken);
}

/// <summary>Comments to read.</summary>
public interface ICommentQueries
{
    /// <summary>Newest first. Empty when the asker can't open the image. Members who are hidden have no words here either.</summary>
    Task<Page<CommentView>> ByImageAsync(Actor actor, ImageId image, PageRequest page, CancellationToken cancellationToken);

    /// <inheritdoc cref="ByImageAsync(Actor, ImageId, PageRequest, CancellationToken)"/>
    Task<Page<CommentView>> ByImageAsync(Actor actor, ImageId image, Cursor? after, int take, CancellationToken cancellationToken) =>
        ByImageAsync(actor, image, new PageRequest(take, after), cancellationToken);

    /// <summary>Null for deleted, hidden and absent alike.</summary>
    Task<CommentView?> FindAsync(Actor actor, CommentId id, CancellationToken cancellationToken);
}

/// <summary>One comment as the asker sees it. No author: the account was closed.</summary>
public sealed record CommentView
{
    public required CommentId Id { get; init; }
    public required ImageId ImageId { get; init; }
    public required MemberId? AuthorId { get; init; }
    public required string? AuthorUsername { get; init; }
    public required string? AuthorName { get; init; }
    public required string Words { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
    public required DateTimeOffset? EditedAt { get; init; }
    public required int Version { get; init; }
    public required bool CanEdit { get; init; }
    public required bool CanDelete { get; init; }
}
