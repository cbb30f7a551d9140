using GoImg.Core.Shared;

namespace GoImg.Core.Uploads;

/// <summary>Uploads under way. Only their bytes lie in the object store.</summary>
public interface IUploads
{
    /// <summary>To change: the unit of work saves it, unless somebody else did meanwhile.</summary>
    Task<ResumableUpload?> FindAsync(UploadId id, CancellationToken cancellationToken);

    /// <summary>As it stands now, not to change.</summary>
    Task<ResumableUpload?> ReadAsync(UploadId id, CancellationToken cancellationToken);

    /// <summary>Adds the upload and sets its length aside in one atomic step of the current unit of work, however many try at once.
    /// Fails with <see cref="UploadErrors.TooManyUnfinished"/> or <see cref="UploadErrors.NoRoom"/>, and then nothing is added.</summary>
    Task<Result> TryAddAsync(ResumableUpload upload, long maxMemberBytes, int maxUnfinished, CancellationToken cancellationToken);

    void Add(UploadPart part);

    /// <summary>In the order of the file.</summary>
    Task<IReadOnlyList<UploadPart>> PartsAsync(UploadId id, CancellationToken cancellationToken);

    /// <summary>At once, outside the unit of work: the upload and its parts, whose objects the caller has removed.</summary>
    Task RemoveAsync(UploadId id, CancellationToken cancellationToken);

    /// <summary>At once, outside the unit of work.</summary>
    Task RemovePartsAsync(UploadId id, CancellationToken cancellationToken);

    Task<IReadOnlyList<UploadId>> ExpiredAsync(DateTimeOffset now, int take, CancellationToken cancellationToken);

    /// <summary>All bytes are here, but no one made an image of them; and they would expire before <paramref name="expiringBefore"/>.</summary>
    Task<IReadOnlyList<UploadId>> LeftWholeAsync(DateTimeOffset expiringBefore, int take, CancellationToken cancellationToken);

    Task<IReadOnlySet<Guid>> WhichPartsExistAsync(IReadOnlyCollection<Guid> parts, CancellationToken cancellationToken);
}
