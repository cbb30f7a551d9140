using GoImg.Core.Shared;

namespace GoImg.Core.Images;

public static class ImageErrors
{
    public sealed record NotFailed() : Error(ErrorKind.Conflict, "image.not_failed", ImageErrorTexts.NotFailed);

    public sealed record RemovedByModerator(string Reason)
        : Error(ErrorKind.Forbidden, "image.removed_by_moderator", ImageErrorTexts.RemovedByModerator.With(Reason));

    public sealed record AlreadyInGallery() : Error(ErrorKind.Conflict, "image.duplicate", ImageErrorTexts.AlreadyInGallery);

    public sealed record InTrash() : Error(ErrorKind.Conflict, "image.in_trash", ImageErrorTexts.InTrash);

    public sealed record KeptForAppeal()
        : Error(ErrorKind.Forbidden, "image.kept_for_appeal", ImageErrorTexts.KeptForAppeal.With(Trash.Retention.Days));

    public sealed record OriginalLost() : Error(ErrorKind.Unprocessable, "image.original_lost", ImageErrorTexts.OriginalLost);

    public sealed record OriginalDamaged() : Error(ErrorKind.Unprocessable, "image.original_damaged", ImageErrorTexts.OriginalDamaged);

    public sealed record NotReady() : Error(ErrorKind.Unavailable, "image.not_ready", ImageErrorTexts.NotReady);

    public sealed record JpegIsBeingMade() : Error(ErrorKind.Unavailable, "image.jpeg_is_being_made", ImageErrorTexts.JpegIsBeingMade);

    public sealed record FullSizeIsBeingMade() : Error(ErrorKind.Unavailable, "image.full_size_is_being_made", ImageErrorTexts.FullSizeIsBeingMade);

    public sealed record DownloadIsBeingMade() : Error(ErrorKind.Unavailable, "image.download_is_being_made", ImageErrorTexts.DownloadIsBeingMade);

    /// <summary><paramref name="Why"/> is a clause, without a full stop.</summary>
    public sealed record NoJpeg(string Why) : Error(ErrorKind.Unavailable, "image.no_jpeg", ImageErrorTexts.NoJpeg.With(Why));

    public sealed record ChangedSince() : Error(ErrorKind.Conflict, "image.changed_since", ImageErrorTexts.ChangedSince);

    public sealed record Infected(string Malware) : Error(ErrorKind.Unprocessable, "image.infected", ImageErrorTexts.Infected.With(Malware));

    public sealed record QuotaExceeded(long UsedBytes, long MaxBytes)
        : Error(ErrorKind.StorageFull, "image.quota", ImageErrorTexts.QuotaExceeded.With(ByteSize.SayApart(UsedBytes, MaxBytes)));

    public sealed record StorageIsFull() : Error(ErrorKind.StorageFull, "storage.full", ImageErrorTexts.StorageIsFull);

    public sealed record TooMuchWaiting(int Max) : Error(ErrorKind.Unavailable, "upload.busy", ImageErrorTexts.TooMuchWaiting.With(Max));

    public sealed record StorageIsDown() : Error(ErrorKind.Unavailable, "storage.unavailable", ImageErrorTexts.StorageIsDown);

    public sealed record AddressesAreOff() : Error(ErrorKind.Forbidden, "upload.addresses_off", ImageErrorTexts.AddressesAreOff);

    /// <summary>Whatever went wrong: whoever asks must not learn what there is where only this server can go.</summary>
    public sealed record AddressNotFetched(int Seconds)
        : Error(ErrorKind.Unprocessable, "upload.address_not_fetched", ImageErrorTexts.AddressNotFetched.With(Seconds));

    public sealed record GaveUp() : Error(ErrorKind.Unprocessable, "image.gave_up", ImageErrorTexts.GaveUp);
}
