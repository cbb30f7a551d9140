using GoImg.Core.Shared;

namespace GoImg.Core.Social;

public static class CommentErrors
{
    public sealed record NoLongerEditable() : Error(ErrorKind.Conflict, "comment.no_longer_editable", CommentErrorTexts.NoLongerEditable);

    public sealed record ChangedSince() : Error(ErrorKind.Conflict, "comment.changed_since", CommentErrorTexts.ChangedSince);
}
