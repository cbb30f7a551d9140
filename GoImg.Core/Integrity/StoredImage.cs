using GoImg.Core.Images;
using GoImg.Core.Storage;

namespace GoImg.Core.Integrity;

/// <summary>What the database promises about one image's bytes.</summary>
/// <param name="State">The state outside the trash.</param>
/// <param name="HasJob">A job that will bring it to its end waits or runs.</param>
public sealed record StoredImage(
    ImageId Id,
    ImageState State,
    long SizeBytes,
    byte[] Sha256,
    string RenditionSet,
    IReadOnlyList<StoredRendition> Renditions,
    bool HasJob,
    bool IsDamaged
)
{
    /// <summary>Every object that has to be there.</summary>
    public IEnumerable<PromisedObject> Promised =>
        State == ImageState.Quarantined
            ? [Original(ImageObjectKeys.Quarantine(Id))]
            : Renditions
                .Select(r => new PromisedObject(ImageObjectKeys.Rendition(Id, RenditionSet, r.File), r.LengthBytes, r.Sha256, IsOriginal: false))
                .Prepend(Original(ImageObjectKeys.Original(Id)));

    public bool IsPublished => State is ImageState.Active or ImageState.Flagged;

    /// <summary>Whether the object is this image's to keep. A JPEG that was stored a moment before it was noted is.</summary>
    public bool Keeps(ObjectKey key) =>
        Promised.Any(p => p.Key == key)
        || (RenditionSet.Length > 0 && key.Value.StartsWith(ImageObjectKeys.RenditionsOf(Id, RenditionSet), StringComparison.Ordinal));

    private PromisedObject Original(ObjectKey key) => new(key, SizeBytes, Convert.ToHexStringLower(Sha256), IsOriginal: true);
}

/// <param name="Sha256">In lower-case hexadecimal digits.</param>
public sealed record PromisedObject(ObjectKey Key, long LengthBytes, string Sha256, bool IsOriginal);

/// <summary>The database's side of integrity: read in pages, so that memory stays flat however many images there are.</summary>
public interface IIntegrityRecords
{
    /// <summary>Images in the order of their ids, after <paramref name="after"/>; empty at the end.</summary>
    Task<IReadOnlyList<StoredImage>> PageAsync(ImageId? after, int take, CancellationToken cancellationToken);

    /// <summary>Those that exist, as they are now.</summary>
    Task<IReadOnlyDictionary<ImageId, StoredImage>> FindAsync(IReadOnlyCollection<ImageId> ids, CancellationToken cancellationToken);

    /// <summary>Jobs that no living process works on and that no one will take up, as sentences.</summary>
    IAsyncEnumerable<RecordFinding> OrphanJobsAsync(CancellationToken cancellationToken);

    /// <summary>Members whose counted bytes are not those of their images, as sentences.</summary>
    IAsyncEnumerable<RecordFinding> WrongUsageAsync(CancellationToken cancellationToken);

    /// <summary>Moderation cases whose subject is gone and that do not know it, as sentences.</summary>
    IAsyncEnumerable<RecordFinding> LostCasesAsync(CancellationToken cancellationToken);
}

public sealed record RecordFinding(string Subject, string Detail);
