using GoImg.Core.Storage;

namespace GoImg.Core.Uploads;

/// <summary>A stretch of an upload that is stored as an object of its own.</summary>
public sealed class UploadPart
{
    private UploadPart() { }

    public Guid Id { get; private init; }

    public UploadId UploadId { get; private init; }

    /// <summary>Where in the file it begins.</summary>
    public long OffsetBytes { get; private init; }

    public long LengthBytes { get; private init; }

    /// <summary>New with every part, so that two requests which write the same stretch never write the same object.</summary>
    public ObjectKey Key => UploadObjectKeys.Part(UploadId, Id);

    public static UploadPart New(UploadId upload, long offsetBytes, long lengthBytes) =>
        new()
        {
            Id = Guid.CreateVersion7(),
            UploadId = upload,
            OffsetBytes = offsetBytes,
            LengthBytes = lengthBytes,
        };
}
