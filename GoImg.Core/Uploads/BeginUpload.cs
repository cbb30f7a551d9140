using GoImg.Core.Accounts;
using GoImg.Core.Albums;
using GoImg.Core.RateLimits;
using GoImg.Core.Rendering;
using GoImg.Core.Shared;

namespace GoImg.Core.Uploads;

/// <summary>Refuses early what could not be kept, and sets room aside for the rest before the first byte is sent.</summary>
public sealed class BeginUpload(
    IUploads uploads,
    IAlbumQueries albums,
    RateLimiter rateLimiter,
    IUnitOfWork unitOfWork,
    ImageLimits limits,
    UploadsOptions settings,
    TimeProvider time
)
{
    /// <summary>Fails with <see cref="SignInRequired"/>, <see cref="ImageFileErrors.Empty"/>, <see cref="ImageFileErrors.TooManyBytes"/>, <see cref="RateLimitExceeded"/>,
    /// a <see cref="ValidationFailed"/> for the album, or what <see cref="IUploads.TryAddAsync"/> says.</summary>
    public async Task<Result<ResumableUpload>> BeginAsync(Actor actor, NewUpload file, CancellationToken cancellationToken)
    {
        if (actor.MemberId is not { } owner)
            return new SignInRequired();
        if (file.LengthBytes == 0)
            return new ImageFileErrors.Empty();
        if (file.LengthBytes > limits.MaxFileBytes)
            return new ImageFileErrors.TooManyBytes(limits.MaxFileBytes);
        if (file.Album is { } album && !(await albums.FindAsync(actor, album, cancellationToken) is { } found && actor.Is(found.OwnerId)))
            return new ValidationFailed("album_id", "You have no such album. Choose another, or none.");
        if ((await rateLimiter.TakeAsync(actor, RateLimitedAction.Upload, cancellationToken)).Error is { } tooMany)
            return tooMany;

        var upload = ResumableUpload.Begin(owner, file, time.GetUtcNow(), settings.KeepFor);
        if ((await uploads.TryAddAsync(upload, limits.MaxMemberBytes, settings.MaxUnfinished, cancellationToken)).Error is { } noRoom)
            return noRoom;
        return (await unitOfWork.CommitAsync(cancellationToken)).Error is { } refused ? refused : upload;
    }
}
