using GoImg.Core.Accounts;

namespace GoImg.Core.Images;

/// <summary>Images to change. What is loaded is saved by the unit of work, its owner loaded with it.</summary>
public interface IImages
{
    Task<Image?> FindAsync(ImageId id, CancellationToken cancellationToken);

    /// <summary>Whoever's they are; absent ones are left out.</summary>
    Task<IReadOnlyList<Image>> FindAllAsync(IReadOnlyCollection<ImageId> ids, CancellationToken cancellationToken);

    /// <summary>What is in the member's trash, in an order that stays.</summary>
    Task<IReadOnlyList<Image>> FindTrashAsync(MemberId owner, int skip, int take, CancellationToken cancellationToken);

    /// <summary>What the member moved to the trash at exactly that moment.</summary>
    Task<IReadOnlyList<Image>> FindTrashedAtAsync(MemberId owner, DateTimeOffset at, int take, CancellationToken cancellationToken);

    Task<Image?> FindBySlugAsync(string slug, CancellationToken cancellationToken);

    /// <summary>The same bytes by the same member, in whatever state; null when new.</summary>
    Task<Image?> FindByHashAsync(MemberId owner, byte[] sha256, CancellationToken cancellationToken);

    /// <summary>Adds the image and reserves its bytes in one atomic step of the current unit of work.
    /// False when the member has no room: nothing is added. Parallel calls never exceed <paramref name="maxMemberBytes"/> together,
    /// nor with what is reserved for uploads under way, of which <paramref name="reservation"/> is the image's own.</summary>
    Task<bool> TryAddAsync(Image image, long maxMemberBytes, Guid? reservation, CancellationToken cancellationToken);

    /// <summary>Bytes of originals the member keeps now, trash included.</summary>
    Task<long> UsedBytesAsync(MemberId owner, CancellationToken cancellationToken);

    /// <summary>Removes the row and everything that hangs on it and gives the bytes back, at commit.</summary>
    Task RemoveAsync(Image image, CancellationToken cancellationToken);

    /// <summary>Images that went to the trash before <paramref name="deletedBefore"/>, the longest there first.</summary>
    Task<IReadOnlyList<ImageId>> ExpiredInTrashAsync(DateTimeOffset deletedBefore, int take, CancellationToken cancellationToken);

    /// <summary>Notes at once, outside the unit of work and without a new version, that this set is incomplete or damaged:
    /// the image will be rendered again. No change when another set is served by now.</summary>
    Task WantRenditionsAsync(ImageId id, string set, CancellationToken cancellationToken);

    /// <summary>Adds a file to the set at once, or replaces it; no change when another set is served by now.</summary>
    Task NoteRenditionAsync(ImageId id, string set, StoredRendition rendition, CancellationToken cancellationToken);
}
