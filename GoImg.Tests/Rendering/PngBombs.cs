using GoImg.Tests.Harness;
using static GoImg.Tests.Rendering.ContainerBomb;

namespace GoImg.Tests.Rendering;

internal static class PngBombs
{
    public static IReadOnlyList<ContainerBomb> All { get; } =
    [
        new("PNG, a text that unpacks to 20 MB", Metadata, () => With(PngSample.TextBomb("zTXt", 20_000_000))),
        new("PNG, an international text that unpacks to 20 MB", Metadata, () => With(PngSample.TextBomb("iTXt", 20_000_000))),
        new("PNG, a profile that unpacks to 20 MB", Metadata, () => With(PngSample.TextBomb("iCCP", 20_000_000))),
        new("PNG, 900 texts of 8 KB each", Metadata, () => With(Times(900, PngSample.TextBomb("zTXt", 8_000)))),
        new("PNG, 900 international texts of 8 KB each", Metadata, () => With(Times(900, PngSample.TextBomb("iTXt", 8_000)))),
        new("PNG, 900 profiles of 8 KB each", Metadata, () => With(Times(900, PngSample.TextBomb("iCCP", 8_000)))),
        new("PNG, compressed texts that break off", Metadata, () => With(Times(900, Broken()))),
        new("PNG, 1,000 texts of one byte", null, () => With(Times(1_000, PngSample.TextBomb("zTXt", 1)))),
        new(
            "PNG, a text that asks for a dictionary",
            null,
            () => With(PngSample.Chunk("zTXt", [.. "k\0"u8, 0, 0x78, 0x20, 0, 0, 0, 1, 3, 0, 0, 0, 0, 1]))
        ),
        new("PNG, a text of a window that does not exist", null, () => With(PngSample.Chunk("zTXt", [.. "k\0"u8, 0, 0xF8, 0x01, 3, 0, 0, 0, 0, 1]))),
        new("PNG, a keyword without end", null, () => With(PngSample.Chunk("iTXt", Times(1_000_000, (byte)'k')))),
        new("PNG, 100,000 texts", Metadata, () => With(Times(100_000, PngSample.Chunk("tEXt", [.. "k\0t"u8])))),
        new("PNG, 5 MB of EXIF", Metadata, () => With(PngSample.Chunk("eXIf", new byte[5_000_000]))),
        new(
            "PNG, 900 blocks of EXIF",
            null,
            () => With(Times(900, PngSample.Chunk("eXIf", [.. MetadataSample.Exif(1, withCanary: false), .. new byte[4_000]])))
        ),
        new("PNG, EXIF whose directory is the next one too", null, () => With(PngSample.Chunk("eXIf", CircularExif))),
        new("PNG, 200,000 empty pieces of picture", Damaged, () => With(Times(200_000, PngSample.Chunk("IDAT", [])))),
        new("PNG, 200,000 frames", Damaged, () => With(Times(200_000, PngSample.Chunk("fcTL", new byte[26])))),
        new("PNG, a chunk of 4 GiB", Damaged, () => With([0xFF, 0xFF, 0xFF, 0xFF, .. "tEXt"u8])),
        new("PNG, a chunk that would wrap 31 bits", Damaged, () => With([0x7F, 0xFF, 0xFF, 0xFF, .. "IDAT"u8])),
        new("PNG of 65,535 squared", Side, () => PngSample.Assemble(65_535, 65_535, 2, [], [0x78, 0x9C])),
        new("PNG of 16,000 squared", Area, () => PngSample.Assemble(16_000, 16_000, 2, [], [0x78, 0x9C])),
        new("PNG of 0 by 100", Damaged, () => PngSample.Assemble(0, 100, 2, [], [0x78, 0x9C])),
        new("PNG of 100 by 0", Damaged, () => PngSample.Assemble(100, 0, 2, [], [0x78, 0x9C])),
        new("PNG of -1 by -1", Damaged, () => PngSample.Assemble(-1, -1, 2, [], [0x78, 0x9C])),
    ];

    /// <summary>One directory that names itself as the next and as its own subdirectory.</summary>
    public static byte[] CircularExif => [.. "II*\0"u8, 8, 0, 0, 0, 1, 0, 0x69, 0x87, 4, 0, 1, 0, 0, 0, 8, 0, 0, 0, 8, 0, 0, 0];

    private static byte[] With(byte[] chunks) => PngSample.Assemble(8, 8, 2, [chunks], [0x78, 0x9C]);

    private static byte[] Broken()
    {
        var whole = PngSample.TextBomb("zTXt", 8_000);
        return PngSample.Chunk("zTXt", [.. whole[8..^10], 0xFF, 0xFF, 0xFF]);
    }
}
