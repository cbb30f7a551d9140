using GoImg.Core.Accounts;
using GoImg.Core.Images;

namespace GoImg.Core.Social;

/// <summary>Who may do what with a comment. Whoever may open its image may read it.</summary>
public static class CommentAccess
{
    /// <summary>How long its author may still change it.</summary>
    public static readonly TimeSpan EditableFor = TimeSpan.FromMinutes(5);

    /// <summary>Deleted ones no one reads, nor those of members who are hidden.</summary>
    /// <param name="comment">Loaded with its author, its image and that image's owner.</param>
    public static bool CanRead(Actor actor, Comment comment) =>
        comment.DeletedAt is null && IsOfVisibleAuthor(comment) && ImageAccess.CanOpen(actor, comment.Image);

    /// <summary>Only such are counted.</summary>
    /// <param name="comment">Loaded with its author.</param>
    public static bool IsOfVisibleAuthor(Comment comment) => comment.Author is null or { Status: MemberStatus.Active };

    public static bool CanEdit(Actor actor, Comment comment, DateTimeOffset now) =>
        comment.AuthorId is { } author && actor.Is(author) && now - comment.CreatedAt < EditableFor;

    /// <summary>Its author, the image's owner and staff.</summary>
    public static bool CanDelete(Actor actor, Comment comment) => actor.IsStaff || IsOneOfTheirs(actor, comment);

    /// <summary>Who deleted it; of what a moderator removed, another moderator than its author.</summary>
    public static bool CanRestore(Actor actor, Comment comment) =>
        comment.IsRemoved
            ? actor.IsStaff && !(comment.AuthorId is { } author && actor.Is(author))
            : actor.MemberId is { } me && comment.DeletedById == me && CanDelete(actor, comment);

    /// <summary>The actor acts as staff: the comment is neither theirs nor under their image.</summary>
    public static bool IsAsStaff(Actor actor, Comment comment) => actor.IsStaff && !IsOneOfTheirs(actor, comment);

    private static bool IsOneOfTheirs(Actor actor, Comment comment) =>
        (comment.AuthorId is { } author && actor.Is(author)) || actor.Is(comment.Image.OwnerId);
}
