using GoImg.Tests.Harness;
using static GoImg.Tests.Rendering.ContainerBomb;

namespace GoImg.Tests.Rendering;

internal static class WebPBombs
{
    public static IReadOnlyList<ContainerBomb> All { get; } =
    [
        new("WebP of 5,000 frames", Frames, () => Animated(Times(5_000, Frame(Picture)))),
        new("WebP of 250 frames of 1,100 squared", Animation, () => Samples.WebP(1_100, 1_100, 250)),
        new("WebP, frames within frames", Damaged, () => Animated(Nested(200))),
        new("WebP, a frame of nine unknown parts", Damaged, () => Animated(Frame([.. Times(9, WebPSample.Chunk("abcd", [])), .. Picture]))),
        new("WebP, a frame outside", Damaged, () => Animated(Frame(Picture, x: 0xFF_FFFF))),
        new("WebP, a frame larger than its picture", Damaged, () => Animated(Frame(Samples.WebP(9, 9)[12..]))),
        new("WebP, a frame of 4 bytes", Damaged, () => Animated(WebPSample.Chunk("ANMF", [0, 0, 0, 0]))),
        new("WebP, frames in a still picture", Damaged, () => WebPSample.Riff([.. Picture, .. Frame(Picture)])),
        new("WebP, 1,100 unknown chunks", Metadata, () => With(Times(1_100, WebPSample.Chunk("abcd", [])))),
        new("WebP, a profile of 5 MB", Metadata, () => With(WebPSample.Chunk("ICCP", new byte[5_000_000]))),
        new(
            "WebP, 900 blocks of EXIF",
            null,
            () => With(Times(900, WebPSample.Chunk("EXIF", [.. MetadataSample.Exif(1, withCanary: false), .. new byte[4_000]])))
        ),
        new("WebP, EXIF whose directory is the next one too", null, () => With(WebPSample.Chunk("EXIF", PngBombs.CircularExif))),
        new("WebP, a chunk of 4 GiB", Damaged, () => With([.. "EXIF"u8, 0xFF, 0xFF, 0xFF, 0xFF])),
        new("WebP, a chunk whose end would wrap", Damaged, () => With([.. "VP8L"u8, 0xF0, 0xFF, 0xFF, 0xFF])),
        new("WebP, a part that leaves its frame", Damaged, () => Animated(Frame([.. "VP8L"u8, 0xF0, 0, 0, 0, .. Picture]))),
        new("WebP, a RIFF of 4 GiB", Damaged, () => [.. "RIFF"u8, 0xFF, 0xFF, 0xFF, 0xFF, .. Samples.WebP(8, 8)[8..]]),
        new("WebP, a RIFF of nothing", Damaged, () => [.. "RIFF"u8, 0, 0, 0, 0, .. Samples.WebP(8, 8)[8..]]),
        new("WebP, two pictures", Damaged, () => WebPSample.Riff([.. Picture, .. Picture])),
        new(
            "WebP of 16,777,216 squared",
            Side,
            () => WebPSample.Riff([.. WebPSample.Chunk("VP8X", [2, 0, 0, 0, 255, 255, 255, 255, 255, 255]), .. Frame(Picture)])
        ),
        new(
            "WebP of 65,535 squared over a small picture",
            Damaged,
            () => WebPSample.Riff([.. WebPSample.Chunk("VP8X", [0, 0, 0, 0, 254, 255, 0, 254, 255, 0]), .. Picture])
        ),
        new("WebP of 16,384 squared in 30 bytes", Area, () => Samples.WebP(16_384, 16_384)),
        new("WebP of 0 by 100", Damaged, () => Lossy(0, 100)),
        new("WebP of 100 by 0", Damaged, () => Lossy(100, 0)),
    ];

    private static byte[] Picture => Samples.WebP(8, 8)[12..];

    private static byte[] With(byte[] chunks) =>
        WebPSample.Riff([.. WebPSample.Chunk("VP8X", [0, 0, 0, 0, 7, 0, 0, 7, 0, 0]), .. Picture, .. chunks]);

    private static byte[] Animated(byte[] frames) =>
        WebPSample.Riff([.. WebPSample.Chunk("VP8X", [2, 0, 0, 0, 7, 0, 0, 7, 0, 0]), .. WebPSample.Chunk("ANIM", new byte[6]), .. frames]);

    private static byte[] Frame(byte[] parts, int x = 0) =>
        WebPSample.Chunk("ANMF", [(byte)x, (byte)(x >> 8), (byte)(x >> 16), 0, 0, 0, 7, 0, 0, 7, 0, 0, 0, 0, 0, 0, .. parts]);

    private static byte[] Nested(int depth)
    {
        var frame = Picture;
        for (var i = 0; i < depth; i++)
            frame = Frame(frame);
        return frame;
    }

    private static byte[] Lossy(int width, int height) =>
        WebPSample.Riff(
            WebPSample.Chunk("VP8 ", [0x10, 0, 0, 0x9D, 1, 0x2A, (byte)width, (byte)(width >> 8), (byte)height, (byte)(height >> 8), 0, 0])
        );
}
