using GoImg.Core.Accounts;

namespace GoImg.Core.Social;

/// <summary>Who may do what with a comment. Whoever may open its image may read it.</summary>
public static class CommentAccess
{
    public static bool CanEdit(Actor actor, Comment comment, DateTimeOffset now) =>
        comment.AuthorId is { } author && actor.Is(author) && now - comment.CreatedAt < Comment.EditableFor;

    /// <summary>Its author, the image's owner and staff.</summary>
    public static bool CanDelete(Actor actor, Comment comment) =>
        actor.IsStaff || (comment.AuthorId is { } author && actor.Is(author)) || actor.Is(comment.Image.OwnerId);
}
