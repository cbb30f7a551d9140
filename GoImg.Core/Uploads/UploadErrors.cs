using System.Globalization;
using GoImg.Core.Shared;

namespace GoImg.Core.Uploads;

public static class UploadErrors
{
    public sealed record Expired()
        : Error(ErrorKind.NotFound, "upload.expired", "This upload was not finished in time and has been removed. Begin it again.");

    public sealed record WrongOffset(long OffsetBytes)
        : Error(
            ErrorKind.Conflict,
            "upload.offset",
            string.Create(CultureInfo.InvariantCulture, $"{OffsetBytes} bytes of this upload are here. Go on from there.")
        );

    public sealed record Busy() : Error(ErrorKind.Conflict, "upload.busy", "Another request is writing to this upload. Try again in a few seconds.");

    public sealed record TakenOver()
        : Error(ErrorKind.Conflict, "upload.taken_over", "Another request went on with this upload. Ask how far it is and go on from there.");

    public sealed record ChecksumMismatch()
        : Error(
            ErrorKind.Invalid,
            "upload.checksum",
            "The bytes that arrived are not the ones that were sent: their checksum differs. They were not kept; send them again."
        );

    public sealed record BeyondLength(long LengthBytes)
        : Error(
            ErrorKind.TooLarge,
            "upload.beyond_length",
            string.Create(
                CultureInfo.InvariantCulture,
                $"The upload was announced with {LengthBytes} bytes, and these would be more. Send what is missing, or begin a new upload."
            )
        );

    public sealed record BrokenOff()
        : Error(
            ErrorKind.Invalid,
            "upload.cut",
            "The connection broke off before the end. What arrived is kept; ask how far it is and go on from there."
        );

    public sealed record TooManyParts()
        : Error(
            ErrorKind.TooLarge,
            "upload.too_many_parts",
            string.Create(
                CultureInfo.InvariantCulture,
                $"This upload has come in {ResumableUpload.MaxParts} pieces, the limit. Begin it again and send larger ones."
            )
        );

    public sealed record TooManyUnfinished(int Limit)
        : Error(
            ErrorKind.TooMany,
            "upload.too_many_unfinished",
            string.Create(CultureInfo.InvariantCulture, $"You have {Limit} uploads begun and not finished, the limit. Finish or cancel one first.")
        );

    public sealed record NoRoom(long UsedBytes, long ReservedBytes, long MaxBytes)
        : Error(
            ErrorKind.StorageFull,
            "upload.no_room",
            string.Create(
                CultureInfo.InvariantCulture,
                $"Your gallery has {Gib(UsedBytes):0.##} of {Gib(MaxBytes):0.##} GiB in use and {Gib(ReservedBytes):0.##} reserved for uploads under way, too much for this file. Delete images from the trash permanently, or ask an admin for room."
            )
        );

    public sealed record StoreIsFull()
        : Error(
            ErrorKind.StorageFull,
            "storage.full",
            "The server has no room left for images. What arrived before is kept for a while; go on later or tell an admin."
        );

    public sealed record StoreIsDown()
        : Error(
            ErrorKind.Unavailable,
            "storage.unavailable",
            "The image store can't be reached right now. What arrived before is kept; go on in a few minutes."
        );

    private static double Gib(long bytes) => bytes / (double)(1L << 30);
}
