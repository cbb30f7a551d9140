using GoImg.Core.Shared;

namespace GoImg.Core.Social;

public static class CommentErrors
{
    public sealed record NoLongerEditable()
        : Error(ErrorKind.Conflict, "comment.no_longer_editable", "A comment can be changed for 5 minutes. Delete it and write a new one instead.");

    public sealed record ChangedSince()
        : Error(
            ErrorKind.Conflict,
            "comment.changed_since",
            "The comment was changed after this decision, so undoing it would change something else."
        );
}
