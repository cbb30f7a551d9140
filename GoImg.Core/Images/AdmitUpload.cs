using GoImg.Core.Accounts;
using GoImg.Core.Jobs;
using GoImg.Core.RateLimits;
using GoImg.Core.Rendering;
using GoImg.Core.Shared;

namespace GoImg.Core.Images;

/// <summary>Whether a file may come in, as far as that can be known without its bytes. Every way in asks before it reads a body, so that no one
/// sends in vain; <see cref="UploadImage"/> asks again when the bytes are here.</summary>
public sealed class AdmitUpload(IJobBacklog backlog, RateLimiter rateLimiter, IImages images, IUploadAlbums albums, ImageLimits limits)
{
    /// <summary>Counts one upload. Fails with <see cref="SignInRequired"/>, <see cref="ImageErrors.TooMuchWaiting"/>, <see cref="ImageFileErrors.Empty"/>,
    /// <see cref="ImageFileErrors.TooManyBytes"/>, <see cref="RateLimitExceeded"/>, <see cref="ImageErrors.QuotaExceeded"/>, or a <see cref="ValidationFailed"/> for the album.</summary>
    /// <param name="declaredBytes">What the sender says it will send, or the least it can be; null when it does not say.</param>
    /// <param name="album">The album the sender has named by now; null for none.</param>
    public async Task<Result<UploadAdmission>> CheckBeforeBodyAsync(
        Actor actor,
        long? declaredBytes,
        Guid? album,
        CancellationToken cancellationToken
    )
    {
        if ((await CheckAsync(actor, declaredBytes, admission: null, cancellationToken)).Error is { } refused)
            return refused;
        if ((await CheckAlbumAsync(actor, album, cancellationToken)).Error is { } unknown)
            return unknown;
        return new UploadAdmission { Album = album };
    }

    /// <summary>The part of it that can change while an admitted file is on its way. Fails with <see cref="ImageErrors.TooMuchWaiting"/>.</summary>
    public async Task<Result> CheckBacklogAsync(CancellationToken cancellationToken) =>
        await backlog.IsFullAsync(cancellationToken) ? new ImageErrors.TooMuchWaiting(backlog.Max) : Result.Success;

    internal async Task<Result> CheckAsync(Actor actor, long? bytes, UploadAdmission? admission, CancellationToken cancellationToken)
    {
        if (actor.MemberId is not { } member)
            return new SignInRequired();
        if ((await CheckBacklogAsync(cancellationToken)).Error is { } busy)
            return busy;
        if (bytes == 0)
            return new ImageFileErrors.Empty();
        if (bytes > limits.MaxFileBytes)
            return new ImageFileErrors.TooManyBytes(limits.MaxFileBytes);
        if (admission is null && (await rateLimiter.TakeAsync(actor, RateLimitedAction.Upload, cancellationToken)).Error is { } tooMany)
            return tooMany;
        if (admission is { ReservationId: not null })
            return Result.Success;

        // Only spares work; what counts is the atomic reservation at the commit.
        var used = await images.UsedBytesAsync(member, cancellationToken);
        return used + (bytes ?? 0) > limits.MaxMemberBytes ? new ImageErrors.QuotaExceeded(used, limits.MaxMemberBytes) : Result.Success;
    }

    internal async Task<Result> CheckAlbumAsync(Actor actor, Guid? album, CancellationToken cancellationToken) =>
        album is not { } named || await albums.IsOwnAsync(actor, named, cancellationToken)
            ? Result.Success
            : new ValidationFailed("album_id", ImageErrorTexts.NoSuchAlbum);
}
