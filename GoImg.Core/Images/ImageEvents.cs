using GoImg.Core.Accounts;
using GoImg.Core.Events;

namespace GoImg.Core.Images;

/// <summary>Something happened to an image.</summary>
public interface IImageEvent
{
    ImageId ImageId { get; }

    MemberId OwnerId { get; }
}

/// <summary>Its original is stored; it is to be scanned and rendered.</summary>
[EventName("image.received")]
public sealed record ImageReceived(ImageId ImageId, MemberId OwnerId) : DomainEvent, IImageEvent;

/// <summary>It failed, and its owner wants it tried again.</summary>
[EventName("image.retried")]
public sealed record ImageRetried(ImageId ImageId, MemberId OwnerId) : DomainEvent, IImageEvent;

/// <summary>It failed, and the job that gave it up runs again.</summary>
[EventName("image.requeued")]
public sealed record ImageRequeued(ImageId ImageId, MemberId OwnerId) : DomainEvent, IImageEvent;

/// <summary>Ready for the first time, and outside the trash.</summary>
[EventName("image.published")]
public sealed record ImagePublished(ImageId ImageId, MemberId OwnerId) : DomainEvent, IImageEvent;

/// <summary>Other renditions of it are served.</summary>
[EventName("image.rendered")]
public sealed record ImageRendered(ImageId ImageId, MemberId OwnerId) : DomainEvent, IImageEvent;

/// <param name="Code">Of the error.</param>
[EventName("image.failed")]
public sealed record ImageFailed(ImageId ImageId, MemberId OwnerId, string Code) : DomainEvent, IImageEvent;

/// <param name="Malware">The scanner's name for what it found.</param>
[EventName("image.quarantined")]
public sealed record ImageQuarantined(ImageId ImageId, MemberId OwnerId, string Malware) : DomainEvent, IImageEvent;

/// <summary>Title, description, tags, visibility, rating or another detail changed.</summary>
[EventName("image.edited")]
public sealed record ImageEdited(ImageId ImageId, MemberId OwnerId) : DomainEvent, IImageEvent;

/// <summary>A moderator hid it from all but its owner and staff.</summary>
[EventName("image.hidden")]
public sealed record ImageHidden(ImageId ImageId, MemberId OwnerId) : DomainEvent, IImageEvent;

/// <summary>It is hidden no longer.</summary>
[EventName("image.released")]
public sealed record ImageReleased(ImageId ImageId, MemberId OwnerId) : DomainEvent, IImageEvent;

/// <summary>To the trash, by its owner or a moderator.</summary>
[EventName("image.trashed")]
public sealed record ImageTrashed(ImageId ImageId, MemberId OwnerId) : DomainEvent, IImageEvent;

/// <summary>Out of the trash.</summary>
[EventName("image.restored")]
public sealed record ImageRestored(ImageId ImageId, MemberId OwnerId) : DomainEvent, IImageEvent;

/// <summary>What its original says beside its picture is known, or known anew.</summary>
[EventName("image.original_read")]
public sealed record OriginalRead(ImageId ImageId, MemberId OwnerId) : DomainEvent, IImageEvent;

/// <summary>Its stored original is missing or no longer what its owner sent.</summary>
[EventName("image.original_damaged")]
public sealed record OriginalDamaged(ImageId ImageId, MemberId OwnerId) : DomainEvent, IImageEvent;

/// <summary>The original is as its owner sent it, again.</summary>
[EventName("image.original_whole")]
public sealed record OriginalWhole(ImageId ImageId, MemberId OwnerId) : DomainEvent, IImageEvent;

/// <summary>Deleted permanently: its row is gone, its objects follow.</summary>
[EventName("image.deleted")]
public sealed record ImageDeleted(ImageId ImageId, MemberId OwnerId) : DomainEvent, IImageEvent;
