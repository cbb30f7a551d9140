using GoImg.Core.Accounts;
using GoImg.Core.Albums;
using GoImg.Core.Images;
using GoImg.Core.Social;

namespace GoImg.Core.Moderation;

/// <summary>What a decision may change, as it was before or after. One is set: that of what it changes, which for a sanction is the account;
/// none when the subject was deleted already.</summary>
public sealed record SubjectState
{
    public ImageModerationState? Image { get; init; }

    public CommentModerationState? Comment { get; init; }

    public AlbumModerationState? Album { get; init; }

    public MemberModerationState? Member { get; init; }

    /// <summary>For the audit log.</summary>
    public string Describe() =>
        this switch
        {
            { Image: { } image } => $"{image.State}, {image.Rating}".ToLowerInvariant(),
            { Comment: { } comment } => comment.Describe(),
            { Album: { } album } => album.State.ToString().ToLowerInvariant(),
            { Member: { } member } => AccountSanctions.Describe(member),
            _ => "deleted",
        };
}
