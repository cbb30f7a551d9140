using GoImg.Core.Accounts;
using GoImg.Core.Events;
using GoImg.Core.Images;

namespace GoImg.Core.Social;

[EventName("comment.added")]
public sealed record CommentAdded(CommentId CommentId, ImageId ImageId, MemberId AuthorId) : DomainEvent;

[EventName("comment.edited")]
public sealed record CommentEdited(CommentId CommentId, ImageId ImageId) : DomainEvent;

[EventName("comment.deleted")]
public sealed record CommentDeleted(CommentId CommentId, ImageId ImageId) : DomainEvent;

[EventName("comment.restored")]
public sealed record CommentRestored(CommentId CommentId, ImageId ImageId) : DomainEvent;

[EventName("image.liked")]
public sealed record ImageLiked(ImageId ImageId, MemberId MemberId) : DomainEvent;

[EventName("image.unliked")]
public sealed record ImageUnliked(ImageId ImageId, MemberId MemberId) : DomainEvent;
