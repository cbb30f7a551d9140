using GoImg.Core.Accounts;
using GoImg.Core.Shared;

namespace GoImg.Core.Uploads;

/// <summary>An upload is its owner's alone; to all others, staff too, it is not there.</summary>
internal static class UploadAccess
{
    public static Error? Refuse(Actor actor, ResumableUpload? upload, DateTimeOffset now) =>
        upload switch
        {
            null => new NotFound("upload"),
            _ when !actor.Is(upload.OwnerId) => new NotFound("upload"),
            _ when upload.IsExpired(now) => new UploadErrors.Expired(),
            _ => null,
        };
}
