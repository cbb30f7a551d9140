namespace GoImg.Core.Uploads;

public readonly record struct UploadId(Guid Value)
{
    /// <summary>A new id; version 7, not strictly ordered within a millisecond.</summary>
    public static UploadId New() => new(Guid.CreateVersion7());

    public override string ToString() => Value.ToString();
}
