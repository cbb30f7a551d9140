using GoImg.Core.Accounts;
using GoImg.Core.Images;
using GoImg.Core.Shared;

namespace GoImg.Core.Social;

/// <summary>Liking is idempotent: once or ten times counts once, from however many windows at the same moment.</summary>
public sealed class LikeService(ILikes likes, IImages images, IUnitOfWork unitOfWork)
{
    public Task<Result<LikeState>> LikeAsync(Actor actor, ImageId image, CancellationToken cancellationToken) =>
        SetAsync(actor, image, liked: true, cancellationToken);

    public Task<Result<LikeState>> UnlikeAsync(Actor actor, ImageId image, CancellationToken cancellationToken) =>
        SetAsync(actor, image, liked: false, cancellationToken);

    private async Task<Result<LikeState>> SetAsync(Actor actor, ImageId id, bool liked, CancellationToken cancellationToken)
    {
        if (actor.MemberId is not { } member)
            return new SignInRequired();
        if (await images.FindAsync(id, cancellationToken) is not { State: ImageState.Active } image || !ImageAccess.CanOpen(actor, image))
            return new NotFound("image");

        var count = liked ? await likes.AddAsync(id, member, cancellationToken) : await likes.RemoveAsync(id, member, cancellationToken);
        var saved = await unitOfWork.CommitAsync(cancellationToken);
        return saved.Error is { } error ? error : new LikeState(liked, count);
    }
}

public sealed record LikeState(bool Liked, int Count);
