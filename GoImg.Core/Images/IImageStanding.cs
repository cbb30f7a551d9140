using GoImg.Core.Accounts;

namespace GoImg.Core.Images;

/// <summary>What decides who may see an image.</summary>
public interface IImageStanding
{
    MemberId OwnerId { get; }

    MemberStatus OwnerStatus { get; }

    ImageState State { get; }

    Visibility Visibility { get; }

    bool AllowsDownload { get; }
}
