using GoImg.Tests.Harness;
using static GoImg.Tests.Rendering.ContainerBomb;

namespace GoImg.Tests.Rendering;

internal static class TiffBombs
{
    private const ushort Short = 3;
    private const ushort Long = 4;

    public static IReadOnlyList<ContainerBomb> All { get; } =
    [
        new("TIFF whose directory is its own next", Damaged, () => TiffSample.Raw(new byte[64], next: 8 + 64, Tags(8, 8))),
        new(
            "TIFF whose pages run in a circle of two",
            Damaged,
            () => TiffSample.Raw([0, 0, 0, 0, 0, 78, .. new byte[64], 0, 0, 0, 0, 0, 8], next: 8, Tags(8, 8))
        ),
        new("TIFF whose sub-directory is itself", null, () => TiffSample.Raw(new byte[64], next: 0, [.. Tags(8, 8), (330, Long, 1, 8 + 64)])),
        new("TIFF whose EXIF is itself", null, () => TiffSample.Raw(new byte[64], next: 0, [.. Tags(8, 8), (34_665, Long, 1, 8 + 64)])),
        new("TIFF whose directory lies outside", Damaged, () => [.. "MM\0*"u8, 0xFF, 0xFF, 0xFF, 0xF0, 0, 0]),
        new("TIFF whose next directory lies outside", Damaged, () => TiffSample.Raw(new byte[64], next: 0xFFFF_FFF0, Tags(8, 8))),
        new("TIFF of 65,535 tags", Damaged, () => [.. "MM\0*"u8, 0, 0, 0, 8, 0xFF, 0xFF, .. new byte[800_000]]),
        new("TIFF of no tags", Damaged, () => TiffSample.Raw([], next: 0)),
        new("BigTIFF of 2^64 tags", Damaged, () => [.. "MM\0+"u8, 0, 8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 16, .. Times(8, 0xFF), .. new byte[64]]),
        new("BigTIFF whose directory lies at 2^64", Damaged, () => [.. "MM\0+"u8, 0, 8, 0, 0, .. Times(8, 0xFF), .. new byte[64]]),
        new("TIFF, a tag of 4 billion values", Damaged, () => TiffSample.Raw(new byte[64], next: 0, [.. Tags(8, 8), (700, 1, 0xFFFF_FFFF, 8)])),
        new("TIFF, a tag that lies outside", Damaged, () => TiffSample.Raw(new byte[64], next: 0, [.. Tags(8, 8), (700, 1, 60, 0xFFFF_FFF0)])),
        new("TIFF, 5 MB of XMP", Metadata, () => TiffSample.Raw(new byte[5_000_000], next: 0, [.. Tags(8, 8), (700, 1, 5_000_000, 8)])),
        new(
            "TIFF, 900 tags over the same 100 KB",
            Metadata,
            () =>
                TiffSample.Raw(
                    new byte[100_000],
                    next: 0,
                    [.. Tags(8, 8), .. Enumerable.Range(0, 900).Select(i => ((ushort)(40_000 + i), (ushort)1, 100_000u, 8u))]
                )
        ),
        new("TIFF, a strip outside the file", Damaged, () => TiffSample.Raw(new byte[64], next: 0, Tags(8, 8, stripLength: 0xFFFF_FFFF))),
        new("TIFF, a million strips", null, () => Strips(1 << 20)),
        new("TIFF, two million strips", Damaged, () => Strips(1 << 21)),
        new("TIFF, one strip of 4 gigapixels", Damaged, () => TiffSample.Raw(new byte[64], next: 0, Tags(65_535, 65_535))),
        new("TIFF of 65,535 squared", Side, () => TiffSample.Raw(new byte[64], next: 0, Tags(65_535, 65_535, rowsPerStrip: 1))),
        new("TIFF of 16,000 squared", Area, () => TiffSample.Raw(new byte[64], next: 0, Tags(16_000, 16_000, rowsPerStrip: 1))),
        new(
            "TIFF of 4,294,967,295 squared",
            Damaged,
            () => TiffSample.Raw(new byte[64], next: 0, Tags(uint.MaxValue, uint.MaxValue, rowsPerStrip: 1))
        ),
        new("TIFF of 0 by 100", Damaged, () => TiffSample.Raw(new byte[64], next: 0, Tags(0, 100))),
        new("TIFF of 100 by 0", Damaged, () => TiffSample.Raw(new byte[64], next: 0, Tags(100, 0))),
        new("TIFF of 65,535 channels", Unsupported, () => TiffSample.Raw(new byte[64], next: 0, [.. Tags(8, 8), (277, Short, 1, 0xFFFF_0000)])),
    ];

    private static (ushort Tag, ushort Type, uint Count, uint Value)[] Tags(
        uint width,
        uint height,
        uint rowsPerStrip = 0x7FFF_FFFF,
        uint stripLength = 64
    ) =>
        [
            (256, Long, 1, width),
            (257, Long, 1, height),
            (258, Short, 1, 8 << 16),
            (259, Short, 1, 1 << 16),
            (262, Short, 1, 1 << 16),
            (273, Long, 1, 8),
            (278, Long, 1, rowsPerStrip),
            (279, Long, 1, stripLength),
        ];

    /// <summary>Places and lengths of all strips far apart, so that a reader going to and fro between them reads the file many times over.</summary>
    private static byte[] Strips(uint count) =>
        TiffSample.Raw(
            new byte[8 * count],
            next: 0,
            (256, Long, 1, 8),
            (257, Long, 1, 8),
            (258, Short, 1, 8 << 16),
            (262, Short, 1, 1 << 16),
            (273, Long, count, 8),
            (278, Long, 1, 1),
            (279, Long, count, 8 + 4 * count)
        );
}
