using GoImg.Core.Accounts;
using GoImg.Core.Rendering;

namespace GoImg.Core.Images;

/// <summary>What serving an image's bytes needs to know of it, whoever asks: small enough to be remembered.</summary>
public sealed record ImageFileFacts : IImageStanding
{
    public required ImageId Id { get; init; }
    public required MemberId OwnerId { get; init; }
    public required MemberStatus OwnerStatus { get; init; }
    public required ImageState State { get; init; }
    public required Visibility Visibility { get; init; }
    public required bool AllowsDownload { get; init; }
    public required ImageState? StateBeforeDeletion { get; init; }
    public required byte[] Sha256 { get; init; }
    public required long LengthBytes { get; init; }
    public required string RenditionSet { get; init; }
    public required IReadOnlyList<StoredRendition> Renditions { get; init; }
    public required ImageFormat Format { get; init; }
    public required string Title { get; init; }
    public required string FileName { get; init; }

    public bool IsRendered => Image.IsRenderedIn(State, StateBeforeDeletion);
}
