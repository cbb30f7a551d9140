using GoImg.Core.Accounts;
using GoImg.Core.Albums;
using GoImg.Core.Images;
using GoImg.Core.Social;

namespace GoImg.Core.Moderation;

/// <summary>A subject as staff see it in the queue.</summary>
public abstract record SubjectPreview;

public sealed record ImagePreview(ImageView Image) : SubjectPreview;

/// <param name="IsDeleted">By its author or the image's owner; they could bring it back.</param>
/// <param name="IsRemoved">By a moderator.</param>
/// <param name="Image">It stands under.</param>
public sealed record CommentPreview(
    CommentId Id,
    string Words,
    MemberId? AuthorId,
    string? AuthorName,
    DateTimeOffset CreatedAt,
    bool IsDeleted,
    bool IsRemoved,
    ImageView Image
) : SubjectPreview;

public sealed record AlbumPreview(AlbumCard Album, string Description, string? ModerationReason, string OwnerName) : SubjectPreview;

public sealed record MemberPreview(MemberId Id, string Username, string ShownName, string Bio) : SubjectPreview;
