using GoImg.Core.Accounts;
using GoImg.Core.Images;
using GoImg.Core.Shared;

namespace GoImg.Core.Social;

/// <summary>Who likes what, in the transaction of the current unit of work; the image's count changes with it, atomically.</summary>
public interface ILikes
{
    /// <summary>Returns the image's count; adding again changes nothing.</summary>
    Task<int> AddAsync(ImageId image, MemberId member, CancellationToken cancellationToken);

    /// <summary>Returns the image's count; removing again changes nothing.</summary>
    Task<int> RemoveAsync(ImageId image, MemberId member, CancellationToken cancellationToken);
}

public interface ILikeQueries
{
    /// <summary>What a member liked and the asker may still find in lists, last liked first.</summary>
    Task<Page<ImageTile>> ByMemberAsync(MemberId member, PageRequest page, CancellationToken cancellationToken);

    /// <summary>Who likes an image, last first; empty when the asker can't open it.</summary>
    Task<Page<LikeView>> ByImageAsync(Actor actor, ImageId image, PageRequest page, CancellationToken cancellationToken);
}

public sealed record LikeView(MemberId MemberId, string Username, string Name, DateTimeOffset LikedAt);
