namespace GoImg.Infrastructure.Rendering.Cleaning;

/// <summary>EXIF that says how to turn the picture, and nothing else.</summary>
internal static class OrientationExif
{
    public static byte[] Of(int orientation) =>
        [
            .. "MM\0*"u8,
            .. (ReadOnlySpan<byte>)[0, 0, 0, 8, 0, 1],
            .. (ReadOnlySpan<byte>)[0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, (byte)orientation, 0, 0],
            .. (ReadOnlySpan<byte>)[0, 0, 0, 0],
        ];
}
