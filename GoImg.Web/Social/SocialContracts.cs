using System.ComponentModel.DataAnnotations;
using GoImg.Core.Social;
using GoImg.Web.Images;

namespace GoImg.Web.Social;

/// <summary>How one's like of an image stands now.</summary>
public sealed record LikeStateResponse(bool Liked, int LikeCount);

/// <summary>Who likes an image, and since when.</summary>
public sealed record LikeResponse(ImageOwnerResponse User, DateTimeOffset LikedAt)
{
    internal static LikeResponse From(LikeView like) => new(new(like.MemberId.Value, like.Username, like.Name), like.LikedAt);
}

/// <param name="Text">Plain text of 1 to 1,000 characters; links in it become clickable.</param>
public sealed record CommentRequest([property: Required] string? Text);

/// <param name="User">Null when its author's account was closed.</param>
/// <param name="EditedAt">Null while it is as it was written.</param>
/// <param name="CanEdit">The asker wrote it less than five minutes ago.</param>
/// <param name="CanDelete">The asker wrote it, owns the image or is staff.</param>
public sealed record CommentResponse(
    Guid Id,
    Guid ImageId,
    ImageOwnerResponse? User,
    string Text,
    DateTimeOffset CreatedAt,
    DateTimeOffset? EditedAt,
    bool CanEdit,
    bool CanDelete,
    int Version
)
{
    internal static CommentResponse From(CommentView comment) =>
        new(
            comment.Id.Value,
            comment.ImageId.Value,
            comment.AuthorId is { } author ? new(author.Value, comment.AuthorUsername!, comment.AuthorName!) : null,
            comment.Words,
            comment.CreatedAt,
            comment.EditedAt,
            comment.CanEdit,
            comment.CanDelete,
            comment.Version
        );
}
