using GoImg.Core.Shared;
using GoImg.Core.Uploads;

namespace GoImg.Web.Uploads;

/// <summary>Statuses that tus 1.0.0 asks for and no kind of error stands for (tus.io/protocols/resumable-upload).</summary>
internal static class TusStatus
{
    // checksum extension
    private const int ChecksumMismatch = 460;

    public static int? Of(Error error) =>
        error switch
        {
            TusErrors.UnknownVersion => StatusCodes.Status412PreconditionFailed,
            TusErrors.WrongMethod => StatusCodes.Status405MethodNotAllowed,
            UploadErrors.Expired => StatusCodes.Status410Gone,
            UploadErrors.Busy => StatusCodes.Status423Locked,
            UploadErrors.ChecksumMismatch => ChecksumMismatch,
            _ => null,
        };
}
