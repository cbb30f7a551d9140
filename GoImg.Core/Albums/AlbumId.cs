namespace GoImg.Core.Albums;

public readonly record struct AlbumId(Guid Value)
{
    public static AlbumId New() => new(Guid.CreateVersion7());

    public override string ToString() => Value.ToString();
}
