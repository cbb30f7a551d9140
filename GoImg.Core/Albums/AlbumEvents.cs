using GoImg.Core.Accounts;
using GoImg.Core.Events;

namespace GoImg.Core.Albums;

[EventName("album.created")]
public sealed record AlbumCreated(AlbumId AlbumId, MemberId OwnerId) : DomainEvent;

/// <summary>Its details, its cover or its order changed.</summary>
[EventName("album.edited")]
public sealed record AlbumEdited(AlbumId AlbumId, MemberId OwnerId) : DomainEvent;

[EventName("album.deleted")]
public sealed record AlbumDeleted(AlbumId AlbumId, MemberId OwnerId) : DomainEvent;
