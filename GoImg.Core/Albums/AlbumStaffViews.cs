using GoImg.Core.Accounts;
using GoImg.Core.Audit;
using GoImg.Core.Images;

namespace GoImg.Core.Albums;

/// <summary>Notes when staff read an album that not everyone may find. Nothing for its owner and for others, who see only what they may.</summary>
public sealed class AlbumStaffViews(StaffLooks looks)
{
    /// <summary>Call when a page or list that shows it goes to <paramref name="actor"/>.</summary>
    public Task AuditAsync(Actor actor, IEnumerable<SeenAlbum> albums, CancellationToken cancellationToken) =>
        looks.NoteAsync(
            actor,
            AuditAction.AlbumPrivateViewed,
            actor.IsStaff
                ?
                [
                    .. albums
                        .Where(a => !actor.Is(a.Owner) && !a.IsListed)
                        .Select(a => (a.Id.AsAuditSubject(), $"{a.Visibility}, {a.State}".ToLowerInvariant())),
                ]
                : [],
            cancellationToken
        );

    public Task AuditAsync(Actor actor, AlbumView album, CancellationToken cancellationToken) =>
        AuditAsync(actor, [new(album.Id, album.OwnerId, album.IsListed, album.Visibility, album.State)], cancellationToken);
}

/// <summary>Of an album, what decides whether a look at it is noted.</summary>
public readonly record struct SeenAlbum(AlbumId Id, MemberId Owner, bool IsListed, Visibility Visibility, AlbumState State)
{
    /// <param name="album">Loaded with its owner.</param>
    public static SeenAlbum Of(Album album) => new(album.Id, album.OwnerId, AlbumAccess.IsListed(album), album.Visibility, album.State);
}

public static class AlbumAuditSubject
{
    public static AuditSubject AsAuditSubject(this AlbumId album) => new("album", album.ToString());
}
