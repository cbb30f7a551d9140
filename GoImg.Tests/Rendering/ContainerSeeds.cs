using GoImg.Tests.Harness;

namespace GoImg.Tests.Rendering;

/// <summary>A small file of every format and every structure within it, to be cut, changed and read in odd ways.</summary>
internal static class ContainerSeeds
{
    public static IReadOnlyList<(string Name, byte[] File)> All { get; } =
    [
        ("JPEG", Samples.Jpeg(24, 16, orientation: 6, withMetadata: true)),
        (
            "PNG",
            Samples.Png(
                24,
                16,
                extraChunks:
                [
                    .. PngSample.Metadata,
                    PngSample.TextBomb("zTXt", 900),
                    PngSample.TextBomb("iTXt", 900),
                    PngSample.Profile(new byte[300]),
                ]
            )
        ),
        ("GIF", Samples.Gif(24, 16, 3, withMetadata: true)),
        ("WebP", Samples.WebP(24, 16, withMetadata: true)),
        ("animated WebP", Samples.WebP(24, 16, 3, withMetadata: true)),
        ("TIFF", Samples.Tiff(24, 16, orientation: 3, withMetadata: true)),
        ("BigTIFF", BigTiff()),
        ("HEIC", Samples.HeifShell(24, 16, turnsLeft: 1)),
        ("AVIF", Samples.HeifShell(24, 16, "av01")),
        (
            "HEIC of tiles",
            HeifSample.With(
                HeifSample.Box("pitm", [1, 0, 0, 0, 0, 0, 0, 2]),
                HeifSample.Box(
                    "iinf",
                    [
                        0,
                        0,
                        0,
                        0,
                        0,
                        2,
                        .. HeifSample.Box("infe", [2, 0, 0, 0, 0, 1, 0, 0, .. "hvc1"u8, 0]),
                        .. HeifSample.Box("infe", [3, 0, 0, 0, 0, 0, 0, 2, 0, 0, .. "grid"u8, 0]),
                    ]
                ),
                HeifSample.Box("iref", [0, 0, 0, 0, .. HeifSample.Box("dimg", [0, 2, 0, 1, 0, 1])]),
                HeifSample.Box("iloc", [1, 0, 0, 0, 0x44, 0x40, 0, 1, 0, 1, 0, 0, 0, 0, 0, 0, 1, 0x63, 0, 1, 0, 0, 0, 0, 0, 0, 0, 64]),
                HeifSample.Box(
                    "iprp",
                    [
                        .. HeifSample.Box(
                            "ipco",
                            [
                                .. HeifSample.Size(24, 16),
                                .. HeifSample.Box("clap", [0, 0, 0, 20, 0, 0, 0, 1, 0, 0, 0, 16, 0, 0, 0, 1, .. new byte[16]]),
                                .. HeifSample.Box("imir", [1]),
                                .. HeifSample.Box("colr", [.. "prof"u8, .. new byte[20]]),
                            ]
                        ),
                        .. HeifSample.Box("ipma", [1, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 2, 4, 0, 1, 0, 2, 0, 3, 0, 4]),
                    ]
                )
            )
        ),
    ];

    private static byte[] BigTiff()
    {
        (byte Tag, byte Value)[] tags = [(0, 24), (1, 16), (2, 8), (6, 1), (17, 16), (22, 16), (23, 64)];
        byte[] file = [.. "II+\0"u8, 8, 0, 0, 0, 80, 0, 0, 0, 0, 0, 0, 0, .. new byte[64], (byte)tags.Length, 0, 0, 0, 0, 0, 0, 0];
        return [.. file, .. tags.SelectMany(t => (byte[])[t.Tag, 1, 3, 0, 1, 0, 0, 0, 0, 0, 0, 0, t.Value, 0, 0, 0, 0, 0, 0, 0]), .. new byte[8]];
    }
}
