using GoImg.Core.Rendering;
using GoImg.Tests.Harness;

namespace GoImg.Tests.Rendering;

/// <summary>Whatever a file's numbers mean, its renditions show the same colours in sRGB. Colours are computed here and renditions decoded by
/// the browser, so nothing of the renderer's own is asked.</summary>
public sealed class ColourTests
{
    private const int Width = 400;
    private const int Height = 200;

    // WebP keeps colour at half resolution and quality 82: in the middle of a patch it is off by a few steps
    private const int Tolerance = 6;

    private static readonly (byte R, byte G, byte B)[] Patches =
        [(200, 60, 50), (60, 160, 70), (50, 70, 190), (220, 200, 90), (128, 128, 128), (30, 30, 30), (240, 240, 240), (160, 90, 160)];

    public static TheoryData<string, byte[]> Files => new()
    {
        { "PNG in Display P3", InSpace(IccSample.DisplayP3) },
        { "PNG in Adobe RGB", InSpace(IccSample.AdobeRgb) },
        { "PNG in sRGB with its profile", InSpace(IccSample.Srgb) },
        { "PNG in a linear space that is called sRGB", InSpace(IccSample.LinearSrgb, "sRGB linear") },
        { "JPEG in Display P3", JpegIn(IccSample.DisplayP3) },
        { "PNG of 16 bits", PngSample.Raw(Width, Height, 16, 2, (x, y) => Deep(PatchAt(x, y))) },
        { "PNG of 16 bits in Adobe RGB", InSpace(IccSample.AdobeRgb, depth: 16) },
        { "TIFF of 16 bits", TiffSample.Deep(Width, Height, (x, y) => PatchAt(x, y) is var (r, g, b) ? [(ushort)(r * 257), (ushort)(g * 257), (ushort)(b * 257)] : []) },
        { "PNG with a palette", Paletted() },
        { "PNG with a profile that does not fit it", PngSample.Raw(Width, Height, 8, 2, (x, y) => Bytes(PatchAt(x, y)), PngSample.Profile([.. new byte[16], .. "CMYK"u8, .. new byte[200]])) },
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
        var seen = await SeenAsync(PngSample.Raw(Width, Height, depth, 0, (x, y) => depth == 8 ? [PatchAt(x, y).G] : [PatchAt(x, y).G, PatchAt(x, y).G]));

        for (var i = 0; i < Patches.Length; i++)
            Assert.True(Middle(seen, i) is var (r, g, b, a) && Math.Abs(g - Patches[i].G) <= Tolerance && Math.Abs(r - g) <= 2 && Math.Abs(b - g) <= 2 && a == 255, $"{Middle(seen, i)}");
    }

    [Theory]
    [InlineData(6, 8)]
    [InlineData(6, 16)]
    [InlineData(4, 8)]
    public async Task Transparency_is_kept(byte colourType, byte depth)
    {
        byte[] alphas = [255, 192, 128, 64, 32, 255, 0, 200];
        var bytes = depth / 8;
        var file = PngSample.Raw(Width, Height, depth, colourType, (x, y) =>
        {
            byte[] samples = colourType == 4 ? [PatchAt(x, y).G, alphas[NumberAt(x, y)]] : [.. Bytes(PatchAt(x, y)), alphas[NumberAt(x, y)]];
            return [.. samples.SelectMany(s => Enumerable.Repeat(s, bytes))];
        });

        var seen = await SeenAsync(file);

        for (var i = 0; i < Patches.Length; i++)
            Assert.InRange(Middle(seen, i).A, alphas[i] - 4, alphas[i] + 4);
    }

    [Fact]
    public async Task Inks_become_the_colours_they_print()
    {
        byte[][] inks = [[0, 0, 0, 0], [255, 0, 0, 0], [0, 255, 0, 0], [0, 0, 255, 0], [0, 0, 0, 255], [255, 255, 255, 255], [0, 255, 255, 0], [128, 0, 0, 0]];

        var seen = await SeenAsync(TiffSample.Cmyk(Width, Height, (x, y) => inks[NumberAt(x, y)]));

        var (paper, cyan, magenta, yellow, black, red) = (Middle(seen, 0), Middle(seen, 1), Middle(seen, 2), Middle(seen, 3), Middle(seen, 4), Middle(seen, 6));
        Assert.True(paper is (> 245, > 245, > 245, _), $"paper {paper}");
        Assert.True(cyan.R < 100 && cyan.G > 120 && cyan.B > 180, $"cyan {cyan}");
        Assert.True(magenta.R > 180 && magenta.G < 100, $"magenta {magenta}");
        Assert.True(yellow.R > 200 && yellow.G > 190 && yellow.B < 110, $"yellow {yellow}");
        Assert.True(black is (< 70, < 70, < 70, _), $"black {black}");
        Assert.True(red.R > 180 && red.G < 90 && red.B < 90, $"red {red}");
    }

    private static byte[] InSpace(IccSample space, string description = "a test's space", byte depth = 8)
    {
        var encoded = Patches.Select(p => depth == 8
            ? space.Encode(p).Select(v => (byte)Math.Round(v * 255)).ToArray()
            : [.. space.Encode(p).SelectMany(v => new[] { (byte)((int)Math.Round(v * 65535) >> 8), (byte)(int)Math.Round(v * 65535) })]).ToArray();
        return PngSample.Raw(Width, Height, depth, 2, (x, y) => encoded[NumberAt(x, y)], PngSample.Profile(space.Profile(description)));
    }

    private static byte[] JpegIn(IccSample space)
    {
        var encoded = Patches.Select(p => space.Encode(p).Select(v => (byte)Math.Round(v * 255)).ToArray()).ToArray();
        var profile = space.Profile();
        var segment = new List<byte>();
        JpegSample.Segment(segment, 0xE2, [.. "ICC_PROFILE\0"u8, 1, 1, .. profile]);
        return JpegSample.Create(Width, Height, (x, y) => encoded[NumberAt(x, y)] is [var r, var g, var b] ? (r, g, b) : default, [[.. segment]]);
    }

    private static byte[] Paletted() => PngSample.Raw(
        Width, Height, 8, 3, (x, y) => [(byte)NumberAt(x, y)], PngSample.Chunk("PLTE", [.. Patches.SelectMany(Bytes)]));

    /// <summary>Four columns, two rows.</summary>
    private static int NumberAt(int x, int y) => x * 4 / Width + (y * 2 / Height * 4);

    private static (byte R, byte G, byte B) PatchAt(int x, int y) => Patches[NumberAt(x, y)];

    private static byte[] Bytes((byte R, byte G, byte B) colour) => [colour.R, colour.G, colour.B];

    private static byte[] Deep((byte R, byte G, byte B) colour) => [colour.R, colour.R, colour.G, colour.G, colour.B, colour.B];

    private static (byte R, byte G, byte B, byte A) Middle(Pixels seen, int patch) => seen[(patch % 4 * 2 + 1) * seen.Width / 8, (patch / 4 * 2 + 1) * seen.Height / 4];

    private static async Task<Pixels> SeenAsync(byte[] file)
    {
        await using var renderer = new Renderer();
        await using var image = (await renderer.RenderAsync(file)).Value();
        return await Harness.Browser.DecodeAsync(await RenderingTests.BytesAsync(image.Files.Single(f => f.Rendition == Rendition.Small)), "image/webp");
    }
}
