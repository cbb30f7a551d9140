namespace GoImg.Core.Images;

public readonly record struct ImageId(Guid Value)
{
    /// <summary>A new id; version 7, so new rows lie together in the index, but not strictly ordered within a millisecond.</summary>
    public static ImageId New() => new(Guid.CreateVersion7());

    public override string ToString() => Value.ToString();
}
