using GoImg.Tests.Harness;
using static GoImg.Tests.Rendering.ContainerBomb;

namespace GoImg.Tests.Rendering;

internal static class JpegBombs
{
    public static IReadOnlyList<ContainerBomb> All { get; } =
    [
        new("JPEG, 1,100 application segments", Metadata, () => With(Times(1_100, Segment(0xED, 4)))),
        new("JPEG, 20,000 comments", Metadata, () => With(Times(20_000, Segment(0xFE, 0)))),
        new("JPEG, 20 MB of profile", Metadata, () => With(Times(320, Segment(0xE2, 65_000)))),
        new(
            "JPEG, 900 blocks of EXIF",
            null,
            () => With(Times(900, Segment(0xE1, [.. "Exif\0\0"u8, .. MetadataSample.Exif(1, withCanary: false), .. new byte[8_000]])))
        ),
        new("JPEG, EXIF whose directory is the next one too", null, () => With(Segment(0xE1, [.. "Exif\0\0"u8, .. PngBombs.CircularExif]))),
        new("JPEG, EXIF of 65,535 entries", null, () => With(Segment(0xE1, [.. "Exif\0\0II*\0"u8, 8, 0, 0, 0, 0xFF, 0xFF, .. new byte[60_000]]))),
        new("JPEG, EXIF whose directory lies outside", null, () => With(Segment(0xE1, [.. "Exif\0\0II*\0"u8, 0xFF, 0xFF, 0xFF, 0xFF, 1, 0]))),
        new("JPEG, a segment of length 0", Damaged, () => With([0xFF, 0xE1, 0, 0])),
        new("JPEG, a segment of length 1", Damaged, () => With([0xFF, 0xFE, 0, 1])),
        new("JPEG, a segment longer than the file", Damaged, () => With([0xFF, 0xE1, 0xFF, 0xFF])),
        new("JPEG, a frame header of two bytes", Damaged, () => With([0xFF, 0xC0, 0, 4, 8, 0])),
        new("JPEG, 500 scans", Damaged, () => Scans(500)),
        new("JPEG, a million empty tables", null, () => With(Times(1_000_000, 0xFF, 0xDB, 0, 2))),
        new("JPEG, 4 million restart marks", null, () => With(Times(4_000_000, 0xFF, 0xD0))),
        new("JPEG, 8 MB of fill bytes", null, () => With(Times(8_000_000, 0xFF))),
        new("JPEG, 4 million stuffed zeros", null, () => With(Times(4_000_000, 0xFF, 0x00))),
        new("JPEG of 65,535 squared", Side, () => Sized(0xFFFF, 0xFFFF)),
        new("JPEG of 16,000 squared", Area, () => Sized(16_000, 16_000)),
        new("JPEG of 0 by 100", Damaged, () => Sized(0, 100)),
        new("JPEG of 100 by 0", Damaged, () => Sized(100, 0)),
    ];

    private static byte[] With(byte[] segments)
    {
        var jpeg = Samples.Jpeg(8, 8);
        return [.. jpeg[..2], .. segments, .. jpeg[2..]];
    }

    private static byte[] Segment(byte marker, int length) => Segment(marker, new byte[length]);

    private static byte[] Segment(byte marker, byte[] data)
    {
        var segment = new List<byte>();
        JpegSample.Segment(segment, marker, data);
        return [.. segment];
    }

    private static byte[] Scans(int count)
    {
        var jpeg = Samples.Jpeg(8, 8);
        var scan = jpeg[jpeg.AsSpan().IndexOf((ReadOnlySpan<byte>)[0xFF, 0xDA])..^2];
        return [.. jpeg[..^2], .. Times(count, scan), 0xFF, 0xD9];
    }

    private static byte[] Sized(int width, int height)
    {
        var jpeg = Samples.Jpeg(8, 8);
        var frame = jpeg.AsSpan().IndexOf((ReadOnlySpan<byte>)[0xFF, 0xC0]);
        (jpeg[frame + 5], jpeg[frame + 6], jpeg[frame + 7], jpeg[frame + 8]) = ((byte)(height >> 8), (byte)height, (byte)(width >> 8), (byte)width);
        return jpeg;
    }
}
