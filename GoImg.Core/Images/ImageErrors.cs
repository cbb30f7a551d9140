using System.Globalization;
using GoImg.Core.Shared;

namespace GoImg.Core.Images;

public static class ImageErrors
{
    public sealed record NotFailed()
        : Error(ErrorKind.Conflict, "image.not_failed", "Only an image that failed can be tried again. Reload the page to see how it stands.");

    public sealed record RemovedByModerator(string Reason)
        : Error(ErrorKind.Forbidden, "image.removed_by_moderator", $"A moderator removed this image: {Reason} It can't be restored by its owner.");

    public sealed record AlreadyInGallery() : Error(ErrorKind.Conflict, "image.duplicate", "This file is in your gallery already.");

    public sealed record InTrash() : Error(ErrorKind.Conflict, "image.in_trash", "This image is in the trash. Restore it first.");

    public sealed record KeptForAppeal()
        : Error(
            ErrorKind.Forbidden,
            "image.kept_for_appeal",
            $"A moderator removed this image. It is kept for the time of an appeal and deleted permanently after {Trash.Retention.Days} days."
        );

    public sealed record OriginalLost()
        : Error(
            ErrorKind.Unprocessable,
            "image.original_lost",
            "The stored file of this image can't be found. Delete the image permanently and upload it again, and tell an admin."
        );

    public sealed record OriginalDamaged()
        : Error(
            ErrorKind.Unprocessable,
            "image.original_damaged",
            "The stored file of this image is damaged. Delete the image permanently and upload it again, or ask an admin to restore it from a backup."
        );

    public sealed record NotReady()
        : Error(ErrorKind.Unavailable, "image.not_ready", "This size of the image can't be read right now. Try again in a few minutes.");

    public sealed record JpegIsBeingMade()
        : Error(
            ErrorKind.Unavailable,
            "image.jpeg_is_being_made",
            "This size of the image is being made a JPEG. Try again in half a minute, or with a program that takes WebP."
        );

    /// <summary><paramref name="Why"/> is a clause, without a full stop.</summary>
    public sealed record NoJpeg(string Why)
        : Error(
            ErrorKind.Unavailable,
            "image.no_jpeg",
            $"This size of the image could not be made a JPEG: {Why}. Try again in a few minutes, or with a program that takes WebP."
        );

    public sealed record ChangedSince()
        : Error(
            ErrorKind.Conflict,
            "image.changed_since",
            "The image was changed since this decision, so it can't be taken back as a whole. Open the image and decide again."
        );

    public sealed record Infected(string Malware)
        : Error(
            ErrorKind.Unprocessable,
            "image.infected",
            $"The virus scanner found {Malware} in this file. It is quarantined and no one can open it. Check the device it came from."
        );

    public sealed record QuotaExceeded(long UsedBytes, long MaxBytes)
        : Error(
            ErrorKind.StorageFull,
            "image.quota",
            string.Create(
                CultureInfo.InvariantCulture,
                $"Your gallery has {UsedBytes / (double)(1L << 30):0.##} of {MaxBytes / (double)(1L << 30):0.##} GiB in use, too much for this file. Delete images from the trash permanently, or ask an admin for room."
            )
        );

    public sealed record StorageIsFull()
        : Error(
            ErrorKind.StorageFull,
            "storage.full",
            "The server has no room left for images. Nothing of this file was kept; try again later or tell an admin."
        );

    public sealed record TooMuchWaiting(int Max)
        : Error(
            ErrorKind.Unavailable,
            "upload.busy",
            string.Create(
                CultureInfo.InvariantCulture,
                $"More than {Max} images are waiting to be processed, so no more are taken in for now. Nothing of this file was kept; try again in a few minutes."
            )
        );

    public sealed record StorageIsDown()
        : Error(
            ErrorKind.Unavailable,
            "storage.unavailable",
            "The image store can't be reached right now. Nothing of this file was kept; try again in a few minutes."
        );

    public sealed record GaveUp()
        : Error(
            ErrorKind.Unprocessable,
            "image.gave_up",
            "Processing this image failed several times. Try again; if it fails once more, save it again in another format."
        );
}
