using GoImg.Core.Shared;

namespace GoImg.Core.Uploads;

public static class UploadErrors
{
    public sealed record Expired() : Error(ErrorKind.NotFound, "upload.expired", UploadErrorTexts.Expired);

    public sealed record WrongOffset(long OffsetBytes) : Error(ErrorKind.Conflict, "upload.offset", UploadErrorTexts.WrongOffset.With(OffsetBytes));

    public sealed record Busy() : Error(ErrorKind.Conflict, "upload.busy", UploadErrorTexts.Busy);

    public sealed record TakenOver() : Error(ErrorKind.Conflict, "upload.taken_over", UploadErrorTexts.TakenOver);

    public sealed record ChecksumMismatch() : Error(ErrorKind.Invalid, "upload.checksum", UploadErrorTexts.ChecksumMismatch);

    public sealed record BeyondLength(long LengthBytes)
        : Error(ErrorKind.TooLarge, "upload.beyond_length", UploadErrorTexts.BeyondLength.With(LengthBytes));

    public sealed record BrokenOff() : Error(ErrorKind.Invalid, "upload.cut", UploadErrorTexts.BrokenOff);

    public sealed record TooManyParts()
        : Error(ErrorKind.TooLarge, "upload.too_many_parts", UploadErrorTexts.TooManyParts.With(ResumableUpload.MaxParts));

    public sealed record TooManyUnfinished(int Limit)
        : Error(ErrorKind.TooMany, "upload.too_many_unfinished", UploadErrorTexts.TooManyUnfinished.With(Limit));

    public sealed record NoRoom(long UsedBytes, long ReservedBytes, long MaxBytes)
        : Error(ErrorKind.StorageFull, "upload.no_room", UploadErrorTexts.NoRoom.With(ByteSize.SayApart(UsedBytes, MaxBytes, ReservedBytes)));

    public sealed record StoreIsFull() : Error(ErrorKind.StorageFull, "storage.full", UploadErrorTexts.StoreIsFull);

    public sealed record StoreIsDown() : Error(ErrorKind.Unavailable, "storage.unavailable", UploadErrorTexts.StoreIsDown);
}
