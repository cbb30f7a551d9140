using GoImg.Core.Accounts;
using GoImg.Core.Albums;
using GoImg.Core.Images;
using GoImg.Core.Social;

namespace GoImg.Core.Moderation;

/// <summary>What the subject said when it was reported; editing or deleting it afterwards hides nothing from the moderators. Stored as JSON: names never change.</summary>
/// <param name="Title">Of the image or album; of the image a comment stood under; a member's display name.</param>
/// <param name="Description">Of the image or album; a member's bio; empty for a comment.</param>
/// <param name="Tags">An image's.</param>
/// <param name="AltText">An image's.</param>
/// <param name="Visibility">Of the image, also the one a comment stood under, or album; null for a member.</param>
/// <param name="Rating">As <paramref name="Visibility"/>; null for an album too.</param>
/// <param name="OwnerUsername">Of the owner, the author or the member; empty when that account was erased before.</param>
/// <param name="Sha256">Of the image's original, in hex; null for all else.</param>
/// <param name="SizeBytes">As <paramref name="Sha256"/>.</param>
/// <param name="Comment">What a comment said; null for all else.</param>
/// <param name="CommentedImage">The image a comment stood under.</param>
public sealed record Evidence(
    string Title,
    string Description,
    IReadOnlyList<string> Tags,
    string AltText,
    Visibility? Visibility,
    ContentRating? Rating,
    string OwnerUsername,
    string? Sha256 = null,
    long? SizeBytes = null,
    string? Comment = null,
    Guid? CommentedImage = null
)
{
    public static Evidence Of(Image image) =>
        new(
            image.Title,
            image.Description,
            image.Tags,
            image.AltText,
            image.Visibility,
            image.Rating,
            image.Owner.Username.Value,
            Convert.ToHexStringLower(image.Sha256),
            image.SizeBytes
        );

    public static Evidence Of(Comment comment) =>
        new(
            comment.Image.Title,
            "",
            [],
            "",
            comment.Image.Visibility,
            comment.Image.Rating,
            comment.Author?.Username.Value ?? "",
            Comment: comment.Words,
            CommentedImage: comment.ImageId.Value
        );

    public static Evidence Of(Album album) => new(album.Title, album.Description, [], "", album.Visibility, null, album.Owner.Username.Value);

    public static Evidence Of(Member member) => new(member.DisplayName, member.Bio, [], "", null, null, member.Username.Value);
}
