namespace GoImg.Tests.Rendering;

/// <summary>A file made to cost much, and the code it is refused with; null where it is harmless and what would cost is left alone.
/// Made when it is asked for: all of them together would be large.</summary>
internal sealed record ContainerBomb(string Name, string? Code, Func<byte[]> Make)
{
    public const string Damaged = "image.damaged";
    public const string Metadata = "image.too_much_metadata";
    public const string Side = "image.side_too_long";
    public const string Area = "image.too_many_pixels";
    public const string Frames = "image.too_many_frames";
    public const string Animation = "image.too_much_animation";
    public const string Unsupported = "image.unsupported";

    public static IReadOnlyList<ContainerBomb> All { get; } =
    [.. PngBombs.All, .. JpegBombs.All, .. GifBombs.All, .. WebPBombs.All, .. HeifBombs.All, .. TiffBombs.All];

    /// <summary>The same bytes many times over, without a list in between.</summary>
    public static byte[] Times(int count, params byte[] part)
    {
        var all = new byte[count * part.Length];
        for (var i = 0; i < count; i++)
            part.CopyTo(all, i * part.Length);
        return all;
    }
}
