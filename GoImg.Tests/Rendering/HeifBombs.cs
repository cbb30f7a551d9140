using GoImg.Tests.Harness;
using static GoImg.Tests.Rendering.ContainerBomb;

namespace GoImg.Tests.Rendering;

internal static class HeifBombs
{
    public static IReadOnlyList<ContainerBomb> All { get; } =
    [
        new("HEIC, a thousand boxes within one another", Damaged, () => HeifSample.With(Nested("dinf", 1_000))),
        new("HEIC, 16 boxes within one another and the description", Damaged, () => HeifSample.With(Nested("dinf", 16))),
        new("HEIC, 15 boxes within one another and the description", null, () => HeifSample.With(Nested("dinf", 15))),
        new("HEIC, 17 boxes within one another behind the picture", Damaged, () => [.. HeifSample.With(), .. Nested("moov", 17)]),
        new(
            "HEIC, a hundred boxes within one another among its properties",
            Damaged,
            () => Properties([.. HeifSample.Size(8, 8), .. Nested("sinf", 100)], [0, 0, 0, 0, 0, 0, 0, 1, 0, 1, 1, 1])
        ),
        new(
            "HEIC, 11,000 boxes within a box",
            Damaged,
            () => [.. HeifSample.With(), .. HeifSample.Box("moov", Times(11_000, HeifSample.Box("free", [])))]
        ),
        new("HEIC, 2,000 boxes", Damaged, () => Before(Times(2_000, HeifSample.Box("free", [])))),
        new("HEIC, 100 boxes in its description", Damaged, () => HeifSample.With(Times(100, HeifSample.Box("free", [])))),
        new("HEIC, a box of size 7", Damaged, () => Before([0, 0, 0, 7, .. "free"u8])),
        new("HEIC, a box to the end of the file before the description", Damaged, () => Before([0, 0, 0, 0, .. "free"u8])),
        new("HEIC, a large size of nothing", Damaged, () => Before([0, 0, 0, 1, .. "free"u8, 0, 0, 0, 0, 0, 0, 0, 0])),
        new("HEIC, a large size smaller than its own header", Damaged, () => Before([0, 0, 0, 1, .. "free"u8, 0, 0, 0, 0, 0, 0, 0, 15])),
        new("HEIC, a large size that is negative", Damaged, () => Before([0, 0, 0, 1, .. "free"u8, 0x80, 0, 0, 0, 0, 0, 0, 0])),
        new("HEIC, a large size whose end would wrap", Damaged, () => Before([0, 0, 0, 1, .. "free"u8, .. Times(8, 0xFF)])),
        new("HEIC, a box that leaves its parent", Damaged, () => HeifSample.With([0, 0, 0x10, 0, .. "free"u8])),
        new(
            "HEIC, an item outside the file",
            Damaged,
            () => HeifSample.With(Locations(0x44, 1, [0, 1, 0, 0, 0, 1, 0x7F, 0xFF, 0xFF, 0xFF, 0, 0, 0, 64]))
        ),
        new(
            "HEIC, an item whose end would wrap",
            Damaged,
            () => HeifSample.With(Locations(0x88, 1, [0, 1, 0, 0, 0, 1, .. Times(8, 0xFF), .. Times(8, 0xFF)]))
        ),
        new(
            "HEIC, 4,000 items at the same place",
            null,
            () => HeifSample.With(Locations(0x44, 4_000, Times(4_000, 0, 1, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 64)))
        ),
        new("HEIC, 20,000 items", Damaged, () => HeifSample.With(Locations(0x44, 20_000, Times(20_000, 0, 1, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 64)))),
        new("HEIC, 20,000 pieces of an item", Damaged, () => HeifSample.With(Locations(0, 1, [0, 1, 0, 0, 0x4E, 0x20]))),
        new("HEIC, 65,535 items declared and none there", Damaged, () => HeifSample.With(Locations(0x44, 65_535, []))),
        new(
            "HEIC, 5,000 pictures",
            Damaged,
            () => HeifSample.With(HeifSample.Box("iinf", [0, 0, 0, 0, 0x13, 0x88, .. Times(5_000, Info("hvc1", 2))]))
        ),
        new("HEIC, 65,535 pictures declared and none there", Damaged, () => HeifSample.With(HeifSample.Box("iinf", [0, 0, 0, 0, 0xFF, 0xFF]))),
        new("HEIC, a main picture that is missing", Damaged, () => HeifSample.With(HeifSample.Box("pitm", [0, 0, 0, 0, 0, 9]))),
        new(
            "HEIC, a grid made of itself",
            Unsupported,
            () =>
                HeifSample.With(
                    HeifSample.Box("iinf", [0, 0, 0, 0, 0, 1, .. Info("grid", 1)]),
                    HeifSample.Box("iref", [0, 0, 0, 0, .. HeifSample.Box("dimg", [0, 1, 0, 1, 0, 1])])
                )
        ),
        new("HEIC, 4 billion associations declared", Damaged, () => Properties([], [0, 0, 0, 0, 0xFF, 0xFF, 0xFF, 0xFF])),
        new("HEIC, 255 properties of one picture", Damaged, () => Properties([], [0, 0, 0, 0, 0, 0, 0, 1, 0, 1, 255, .. Times(255, 1)])),
        new(
            "HEIC, 64 properties looked for among a thousand long ones",
            Damaged,
            () => Properties(Times(1_000, HeifSample.Box("free", new byte[17_000])), [0, 0, 0, 1, 0, 0, 0, 1, 0, 1, 64, .. Times(64, 0x03, 0xE8)])
        ),
        new(
            "HEIC, a cut by zero",
            Damaged,
            () => Properties([.. HeifSample.Size(8, 8), .. HeifSample.Box("clap", new byte[32])], [0, 0, 0, 0, 0, 0, 0, 1, 0, 1, 2, 1, 2])
        ),
        new("HEIC of 65,535 squared", Side, () => Samples.HeifShell(65_535, 65_535)),
        new("HEIC of 4,294,967,295 squared", Damaged, () => Samples.HeifShell(-1, -1)),
        new("AVIF of 10,000 squared", Area, () => Samples.HeifShell(10_000, 10_000, "av01")),
        new("AVIF of 0 by 100", Damaged, () => Samples.HeifShell(0, 100, "av01")),
        new("HEIC of 100 by 0", Damaged, () => Samples.HeifShell(100, 0)),
    ];

    private static byte[] Before(byte[] boxes) => HeifSample.With() is var file ? [.. file[..20], .. boxes, .. file[20..]] : boxes;

    private static byte[] Nested(string name, int depth)
    {
        byte[] box = [];
        for (var i = 0; i < depth; i++)
            box = HeifSample.Box(name, box);
        return box;
    }

    private static byte[] Locations(byte widths, int count, byte[] items) =>
        HeifSample.Box("iloc", [0, 0, 0, 0, widths, 0, (byte)(count >> 8), (byte)count, .. items]);

    private static byte[] Info(string codec, byte item) => HeifSample.Box("infe", [2, 0, 0, 0, 0, item, 0, 0, .. codec.Select(c => (byte)c), 0]);

    private static byte[] Properties(byte[] properties, byte[] associations) =>
        HeifSample.With(HeifSample.Box("iprp", [.. HeifSample.Box("ipco", properties), .. HeifSample.Box("ipma", associations)]));
}
