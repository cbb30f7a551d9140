using GoImg.Core.Accounts;
using GoImg.Core.Images;
using GoImg.Core.Rendering;
using GoImg.Core.Shared;

namespace GoImg.Core.Uploads;

/// <summary>Refuses early what could not be kept, and reserves room for the rest before the first byte is sent.</summary>
public sealed class BeginUpload(
    AdmitUpload admission,
    IUploads uploads,
    IUnitOfWork unitOfWork,
    ImageLimits limits,
    UploadsOptions settings,
    TimeProvider time
)
{
    /// <summary>Fails as <see cref="AdmitUpload"/> does, or with what <see cref="IUploads.TryAddAsync"/> says.</summary>
    public async Task<Result<ResumableUpload>> BeginAsync(Actor actor, NewUpload file, CancellationToken cancellationToken)
    {
        var admitted = await admission.CheckBeforeBodyAsync(actor, file.LengthBytes, file.Album?.Value, cancellationToken);
        // What there is no room for is refused below, with what is reserved for other uploads in the reason.
        if (admitted.Error is { } refused and not ImageErrors.QuotaExceeded)
            return refused;

        var owner = actor.MemberId!.Value; // admitted
        var upload = ResumableUpload.Begin(owner, file, time.GetUtcNow(), settings.KeepFor);
        if ((await uploads.TryAddAsync(upload, limits.MaxMemberBytes, settings.MaxUnfinished, cancellationToken)).Error is { } noRoom)
            return noRoom;
        return (await unitOfWork.CommitAsync(cancellationToken)).Error is { } stale ? stale : upload;
    }
}
