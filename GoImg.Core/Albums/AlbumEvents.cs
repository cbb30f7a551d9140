using GoImg.Core.Accounts;
using GoImg.Core.Events;

namespace GoImg.Core.Albums;

[EventName("album.created")]
public sealed record AlbumCreated(AlbumId AlbumId, MemberId OwnerId) : DomainEvent;

/// <summary>Its details, its cover or its order changed.</summary>
[EventName("album.edited")]
public sealed record AlbumEdited(AlbumId AlbumId, MemberId OwnerId) : DomainEvent;

/// <summary>A moderator hid it from all but its owner and staff.</summary>
[EventName("album.hidden")]
public sealed record AlbumHidden(AlbumId AlbumId, MemberId OwnerId) : DomainEvent;

/// <summary>It is hidden no longer.</summary>
[EventName("album.released")]
public sealed record AlbumReleased(AlbumId AlbumId, MemberId OwnerId) : DomainEvent;

[EventName("album.trashed")]
public sealed record AlbumTrashed(AlbumId AlbumId, MemberId OwnerId) : DomainEvent;

[EventName("album.restored")]
public sealed record AlbumRestored(AlbumId AlbumId, MemberId OwnerId) : DomainEvent;

/// <summary>For good.</summary>
[EventName("album.deleted")]
public sealed record AlbumDeleted(AlbumId AlbumId, MemberId OwnerId) : DomainEvent;
