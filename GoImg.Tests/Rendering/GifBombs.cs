using GoImg.Tests.Harness;
using static GoImg.Tests.Rendering.ContainerBomb;

namespace GoImg.Tests.Rendering;

internal static class GifBombs
{
    public static IReadOnlyList<ContainerBomb> All { get; } =
    [
        new("GIF of 100,000 frames", Frames, () => GifSample.Bomb(1000, 1000, 100_000)),
        new("GIF of 290 frames of 1,000 squared", Animation, () => GifSample.Bomb(1000, 1000, 290)),
        new("GIF, a frame of 65,535 squared in a picture of 10", Damaged, () => With(Frame(0, 0), Frame(0, 0, 65_535, 65_535))),
        new("GIF, a first frame far outside", Side, () => With(Frame(65_535, 65_535, 65_535, 65_535))),
        new("GIF, a later frame outside, which is not drawn", null, () => With(Frame(0, 0), Frame(65_535, 65_535))),
        new("GIF, 299 frames without delay", null, () => With(Times(299, [0x21, 0xF9, 4, 0, 0, 0, 0, 0, .. Frame(0, 0)]))),
        new("GIF, a comment without end", Damaged, () => With([0x21, 0xFE, .. Times(8_000, [255, .. new byte[255]])])),
        new("GIF, a picture without end", Damaged, () => With([.. Frame(0, 0)[..^1], .. Times(4_000_000, 1, 7)])),
        new("GIF, 8 MB of ends of blocks", null, () => With(Frame(0, 0), new byte[8_000_000])),
        new("GIF, 20,000 comments", Metadata, () => With(Frame(0, 0), Times(20_000, 0x21, 0xFE, 1, 7, 0))),
        new("GIF, a comment of 5 MB", Metadata, () => With(Frame(0, 0), [0x21, 0xFE, .. Times(20_000, [255, .. new byte[255]]), 0])),
        new(
            "GIF, 5 MB of profile",
            Metadata,
            () => With(Frame(0, 0), [0x21, 0xFF, 11, .. "ICCRGBG1012"u8, .. Times(20_000, [255, .. new byte[255]]), 0])
        ),
        new("GIF, a block longer than the file", Damaged, () => With(Frame(0, 0), [0x21, 0xFE, 255, 1])[..^1]),
        new("GIF of 65,535 squared", Side, () => With(Frame(0, 0, 65_535, 65_535))),
        new("GIF of 16,000 squared", Area, () => With(Frame(0, 0, 16_000, 16_000))),
        new("GIF, a frame of 0 by 100", Damaged, () => With(Frame(0, 0, 0, 100))),
        new("GIF, a frame of 100 by 0", Damaged, () => With(Frame(0, 0, 100, 0))),
    ];

    private static byte[] With(params byte[][] blocks) => [.. "GIF89a"u8, 10, 0, 10, 0, 0, 0, 0, .. blocks.SelectMany(b => b), 0x3B];

    private static byte[] Frame(int x, int y, int width = 10, int height = 10) =>
        [
            0x2C,
            (byte)x,
            (byte)(x >> 8),
            (byte)y,
            (byte)(y >> 8),
            (byte)width,
            (byte)(width >> 8),
            (byte)height,
            (byte)(height >> 8),
            0,
            2,
            2,
            0x4C,
            1,
            0,
        ];
}
