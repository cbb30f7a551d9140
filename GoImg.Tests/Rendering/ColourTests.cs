using GoImg.Tests.Harness;

namespace GoImg.Tests.Rendering;

/// <summary>Whatever a file's numbers mean, its renditions show the same colours in sRGB. Colours are computed here and renditions decoded by
/// the browser, so nothing of the renderer's own is asked.</summary>
[Trait("Duration", "long")]
public sealed class ColourTests
{
    private const int Width = 400;
    private const int Height = 200;

    // WebP keeps colour at half resolution and quality 82: in the middle of a patch it is off by a few steps
    private const int Tolerance = 6;

    private static readonly (byte R, byte G, byte B)[] Patches =
    [
        (200, 60, 50),
        (60, 160, 70),
        (50, 70, 190),
        (220, 200, 90),
        (128, 128, 128),
        (30, 30, 30),
        (240, 240, 240),
        (160, 90, 160),
    ];

    public static TheoryData<string, byte[]> Files =>
        new()
        {
            { "PNG in Display P3", InSpace(IccSample.DisplayP3) },
            { "PNG in Adobe RGB", InSpace(IccSample.AdobeRgb) },
            { "PNG in sRGB with its profile", InSpace(IccSample.Srgb) },
            { "PNG in a linear space that is called sRGB", InSpace(IccSample.LinearSrgb, "sRGB linear") },
            { "JPEG in Display P3", JpegIn(IccSample.DisplayP3) },
            { "PNG of 16 bits", PngSample.Raw(Width, Height, 16, 2, (x, y) => Deep(PatchAt(x, y))) },
            { "PNG of 16 bits in Adobe RGB", InSpace(IccSample.AdobeRgb, depth: 16) },
            {
                "TIFF of 16 bits",
                TiffSample.Deep(
                    Width,
                    Height,
                    (x, y) => PatchAt(x, y) is var (r, g, b) ? [(ushort)(r * 257), (ushort)(g * 257), (ushort)(b * 257)] : []
                )
            },
            { "PNG with a palette", Paletted() },
            {
                "PNG with a profile that does not fit it",
                PngSample.Raw(
                    Width,
                    Height,
                    8,
                    2,
                    (x, y) => Bytes(PatchAt(x, y)),
                    PngSample.Profile([.. new byte[16], .. "CMYK"u8, .. new byte[200]])
                )
            },
        };

    [Theory]
    [MemberData(nameof(Files))]
    public async Task Colours_come_out_as_they_were_meant(string name, byte[] file)
    {
        var seen = await SeenAsync(file);

        for (var i = 0; i < Patches.Length; i++)
        {
            var (expected, actual) = (Patches[i], Middle(seen, i));
            var off = Math.Max(Math.Abs(expected.R - actual.R), Math.Max(Math.Abs(expected.G - actual.G), Math.Abs(expected.B - actual.B)));
            Assert.True(off <= Tolerance, $"{name}, patch {i}: {actual} is not {expected}");
        }
    }

    [Theory]
    [InlineData(8)]
    [InlineData(16)]
    public async Task Grey_stays_grey_and_as_bright_as_it_was(byte depth)
    {
        var seen = await SeenAsync(
            PngSample.Raw(Width, Height, depth, 0, (x, y) => depth == 8 ? [PatchAt(x, y).G] : [PatchAt(x, y).G, PatchAt(x, y).G])
        );

        for (var i = 0; i < Patches.Length; i++)
            Assert.True(
                Middle(seen, i) is var (r, g, b, a)
                    && Math.Abs(g - Patches[i].G) <= Tolerance
                    && Math.Abs(r - g) <= 2
                    && Math.Abs(b - g) <= 2
                    && a == 255,
                $"{Middle(seen, i)}"
            );
    }

    [Theory]
    [InlineData(6, 8)]
    [InlineData(6, 16)]
    [InlineData(4, 8)]
    public async Task Transparency_is_kept(byte colourType, byte depth)
    {
        byte[] alphas = [255, 192, 128, 64, 32, 255, 0, 200];
        var bytes = depth / 8;
        var file = PngSample.Raw(
            Width,
            Height,
            depth,
            colourType,
            (x, y) =>
            {
                byte[] samples = colourType == 4 ? [PatchAt(x, y).G, alphas[NumberAt(x, y)]] : [.. Bytes(PatchAt(x, y)), alphas[NumberAt(x, y)]];
                return [.. samples.SelectMany(s => Enumerable.Repeat(s, bytes))];
            }
        );

        var seen = await SeenAsync(file);

        for (var i = 0; i < Patches.Length; i++)
            Assert.InRange(Middle(seen, i).A, alphas[i] - 4, alphas[i] + 4);
    }

    /// <summary>Inks without a profile mean whatever the one who prints takes them for. Expected is what littlecms 2.14 makes of them (by Pillow 9.4's ImageCms) with the
    /// profile that libvips brings for them, "Chemical proof" by Graeme Gill, to sRGB by relative colorimetry without black point compensation.
    /// Colours that sRGB can't show (a pure half cyan is one) are cut differently by the two and are left out.</summary>
    [Fact]
    public async Task Inks_become_the_colours_they_print()
    {
        byte[][] inks =
        [
            [0, 0, 0, 0],
            [255, 0, 0, 0],
            [0, 255, 0, 0],
            [0, 0, 255, 0],
            [0, 0, 0, 255],
            [255, 255, 255, 255],
            [0, 255, 255, 0],
            [20, 60, 80, 30],
        ];
        (int R, int G, int B)[] printed =
        [
            (255, 255, 255),
            (0, 156, 228),
            (234, 23, 133),
            (255, 240, 0),
            (41, 35, 43),
            (33, 33, 44),
            (232, 31, 42),
            (205, 170, 150),
        ];

        var seen = await SeenAsync(TiffSample.Cmyk(Width, Height, (x, y) => inks[NumberAt(x, y)]));

        for (var i = 0; i < inks.Length; i++)
            AssertNear($"patch {i}", printed[i], Middle(seen, i) is var (r, g, b, _) ? (r, g, b) : default, Tolerance);
    }

    public static TheoryData<string, string, (int R, int G, int B)[]> CmykPhotos =>
        new()
        {
            {
                "lovell+sharp",
                "Channel_digital_image_CMYK_color_no_profile.jpg",
                [(111, 109, 107), (112, 111, 112), (109, 109, 109), (112, 124, 93), (121, 126, 116), (153, 153, 149)]
            },
            { "python-pillow+Pillow", "pil_sample_cmyk.jpg", [(77, 37, 46), (60, 36, 45), (64, 36, 45), (44, 34, 44), (42, 34, 44), (41, 34, 44)] },
            {
                "dvyukov+go-fuzz-corpus",
                "video-001.cmyk.jpeg",
                [(116, 59, 54), (94, 39, 40), (105, 54, 51), (116, 104, 99), (169, 147, 146), (98, 83, 79)]
            },
        };

    /// <summary>Photos of inks as Adobe's programs store them (turned round, without a profile). The expected means of three by two cells are littlecms' as above. Browsers are
    /// no measure here: without a profile they multiply, (255 - C)(255 - K)/255, as if inks were light, which is 12 to 15 ΔE (CIE 1976) off on these photos, and 0.39 to 0.94 in
    /// structure, while renditions are within 1.2 ΔE of littlecms.</summary>
    [Theory]
    [MemberData(nameof(CmykPhotos))]
    public async Task Photos_of_inks_become_what_they_print(string folder, string name, (int R, int G, int B)[] printed)
    {
        var file = await File.ReadAllBytesAsync(RepositoryPaths.SharedFiles("corpus/" + folder, name)[0], TestContext.Current.CancellationToken);

        var seen = await SeenAsync(file);

        for (var i = 0; i < printed.Length; i++)
            AssertNear($"{name}, cell {i}", printed[i], MeanOf(seen, i % 3, i / 3), 4);
    }

    private static byte[] InSpace(IccSample space, string description = "a test's space", byte depth = 8)
    {
        var encoded = Patches
            .Select(p =>
                depth == 8
                    ? space.Encode(p).Select(v => (byte)Math.Round(v * 255)).ToArray()
                    : [.. space.Encode(p).SelectMany(v => new[] { (byte)((int)Math.Round(v * 65535) >> 8), (byte)(int)Math.Round(v * 65535) })]
            )
            .ToArray();
        return PngSample.Raw(Width, Height, depth, 2, (x, y) => encoded[NumberAt(x, y)], PngSample.Profile(space.Profile(description)));
    }

    private static byte[] JpegIn(IccSample space)
    {
        var encoded = Patches.Select(p => space.Encode(p).Select(v => (byte)Math.Round(v * 255)).ToArray()).ToArray();
        var profile = space.Profile();
        var segment = new List<byte>();
        JpegSample.Segment(segment, 0xE2, [.. "ICC_PROFILE\0"u8, 1, 1, .. profile]);
        return JpegSample.Create(
            Width,
            Height,
            (x, y) => encoded[NumberAt(x, y)] is [var r, var g, var b] ? (r, g, b) : default,
            [
                [.. segment],
            ]
        );
    }

    private static byte[] Paletted() =>
        PngSample.Raw(Width, Height, 8, 3, (x, y) => [(byte)NumberAt(x, y)], PngSample.Chunk("PLTE", [.. Patches.SelectMany(Bytes)]));

    /// <summary>Four columns, two rows.</summary>
    private static int NumberAt(int x, int y) => x * 4 / Width + (y * 2 / Height * 4);

    private static (byte R, byte G, byte B) PatchAt(int x, int y) => Patches[NumberAt(x, y)];

    private static byte[] Bytes((byte R, byte G, byte B) colour) => [colour.R, colour.G, colour.B];

    private static byte[] Deep((byte R, byte G, byte B) colour) => [colour.R, colour.R, colour.G, colour.G, colour.B, colour.B];

    private static (byte R, byte G, byte B, byte A) Middle(Pixels seen, int patch) =>
        seen[(patch % 4 * 2 + 1) * seen.Width / 8, (patch / 4 * 2 + 1) * seen.Height / 4];

    /// <summary>Of one of three by two cells.</summary>
    private static (int R, int G, int B) MeanOf(Pixels seen, int column, int row)
    {
        var (red, green, blue, count) = (0.0, 0.0, 0.0, 0);
        for (var y = row * seen.Height / 2; y < (row + 1) * seen.Height / 2; y++)
        for (var x = column * seen.Width / 3; x < (column + 1) * seen.Width / 3; x++)
        {
            var (r, g, b, _) = seen[x, y];
            (red, green, blue, count) = (red + r, green + g, blue + b, count + 1);
        }

        return ((int)Math.Round(red / count), (int)Math.Round(green / count), (int)Math.Round(blue / count));
    }

    private static void AssertNear(string what, (int R, int G, int B) expected, (int R, int G, int B) actual, int tolerance)
    {
        var off = Math.Max(Math.Abs(expected.R - actual.R), Math.Max(Math.Abs(expected.G - actual.G), Math.Abs(expected.B - actual.B)));
        Assert.True(off <= tolerance, $"{what}: {actual} is not {expected}");
    }

    private static async Task<Pixels> SeenAsync(byte[] file)
    {
        await using var renderer = new Renderer();
        await using var image = (await renderer.RenderAsync(file)).Value();
        // A picture no larger than the thumbnail is stored as that alone.
        var small = image.Files.FirstOrDefault(f => f.Rendition.Name == "small") ?? image.Files[^1];
        return await Harness.Browser.DecodeAsync(await RenderingTests.BytesAsync(small), "image/webp");
    }
}
