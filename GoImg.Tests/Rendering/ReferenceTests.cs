using GoImg.Core.Rendering;
using GoImg.Tests.Harness;

namespace GoImg.Tests.Rendering;

/// <summary>Renditions beside what they ought to be: the source's own pixels scaled in full precision by the test. Thresholds are what WebP of
/// quality 82 leaves of such pictures (0.97 on photos, performance notes) with some room; a wrong filter, a shifted or blurred picture falls far below.</summary>
[Trait("Duration", "long")]
public sealed class ReferenceTests
{
    private const double Alike = 0.95;

    [Fact]
    public async Task Every_rendition_of_a_picture_with_edges_texture_and_gradients_is_true_to_it()
    {
        var source = Pixels.Of(1400, 1050, Scene);
        await using var renderer = new Renderer();

        await using var image = (await renderer.RenderAsync(PngSample.Create(1400, 1050, Scene, withAlpha: false, []))).Value();

        foreach (var rendition in image.Files)
            await AssertAlikeAsync(source.Luma(), rendition, Alike);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_JPEG_decoded_at_a_smaller_scale_is_as_true_as_one_decoded_whole(bool isFast)
    {
        // from 3840 px on it is decoded at half scale when fast
        var (width, height) = (4000, 400);
        var source = Pixels.Of(width, height, Scene);
        await using var renderer = new Renderer(new() { FastShrink = isFast });

        await using var image = (await renderer.RenderAsync(JpegSample.Create(width, height, Scene, []))).Value();

        foreach (var rendition in image.Files)
            await AssertAlikeAsync(source.Luma(), rendition, Alike);
    }

    [Fact]
    public async Task Rings_finer_than_a_rendition_can_show_turn_grey_and_not_into_other_rings()
    {
        // a zone plate: finer and finer to the right, beyond what 1600 px of 4000 can hold; no longer than 2.6:1, or it would not be shrunk
        var (width, height) = (4000, 1540);
        var sizes = new Dictionary<string, int>(RenditionSet.Defaults) { ["large"] = 1000, ["xlarge"] = 1600 };
        await using var renderer = new Renderer(new() { FastShrink = true, Renditions = sizes });

        await using var image = (await renderer.RenderAsync(JpegSample.Create(width, height, ZonePlate, []))).Value();

        var seen = await SeenAsync(image.Files[0]);
        var luma = seen.Luma();
        // frequencies from half of what the source can hold must be gone: what is left of them is a moiré
        var worst = Enumerable.Range(seen.Width / 2, seen.Width / 2 - 8).Max(x => Math.Abs(luma[seen.Height / 2, x] - 128));
        Assert.True(worst < 50, $"a moiré of {worst:0} steps");
        double coarse =
            Enumerable.Range(8, seen.Width / 4).Max(x => luma[seen.Height / 2, x])
            - Enumerable.Range(8, seen.Width / 4).Min(x => luma[seen.Height / 2, x]);
        Assert.True(coarse > 150, $"what can be shown has {coarse:0} steps");

        static (byte, byte, byte) ZonePlate(int x, int y)
        {
            var value = (byte)Math.Round(128 + 100 * Math.Cos(Math.PI * x * x / (2.0 * 4000)));
            return (value, value, value);
        }
    }

    [Fact]
    public async Task Real_photos_are_true_to_themselves()
    {
        await using var renderer = new Renderer();
        foreach (var path in RepositoryPaths.SharedFiles("photos", "*.jpg").Where((_, i) => i % 25 == 0))
        {
            var file = await File.ReadAllBytesAsync(path, TestContext.Current.CancellationToken);
            var source = (await Harness.Browser.DecodeAsync(file, "image/jpeg")).Luma();

            await using var image = (await renderer.RenderAsync(file)).Value();

            foreach (var rendition in image.Files)
                await AssertAlikeAsync(source, rendition, 0.93);
        }
    }

    [Theory]
    [InlineData("AOMediaCodec+av1-avif", "sdr_cosmos01000_cicp1-13-6_yuv420_limited_qp20.avif")]
    [InlineData("AOMediaCodec+av1-avif", "sdr_cosmos12920_cicp1-13-6_yuv444_full_qp40.avif")]
    [InlineData("python-pillow+Pillow", "hopper.avif")]
    public async Task An_AVIF_looks_as_the_browser_shows_it(string folder, string name)
    {
        var file = await ReadAsync("corpus/" + folder, name);
        await using var renderer = new Renderer();
        var source = (await Harness.Browser.DecodeAsync(file, "image/avif")).Luma();

        await using var image = (await renderer.RenderAsync(file)).Value();

        foreach (var rendition in image.Files)
            await AssertAlikeAsync(source, rendition, 0.93);
    }

    /// <summary>Browsers show no HEIC: beside it stands the PNG of the same picture, which its own encoder was fed with.</summary>
    [Fact]
    public async Task A_HEIC_looks_as_the_picture_it_was_made_of()
    {
        var file = await ReadAsync("corpus/python-pillow+Pillow", "hopper.heif");
        var source = (await Harness.Browser.DecodeAsync(await ReadAsync("corpus/python-pillow+Pillow", "hopper.png"), "image/png")).Luma();
        await using var renderer = new Renderer();

        await using var image = (await renderer.RenderAsync(file)).Value();

        foreach (var rendition in image.Files)
            await AssertAlikeAsync(source, rendition, 0.9);
    }

    private static Task<byte[]> ReadAsync(string folder, string name) =>
        File.ReadAllBytesAsync(RepositoryPaths.SharedFiles(folder, name).First(), TestContext.Current.CancellationToken);

    private static async Task AssertAlikeAsync(double[,] source, RenderedFile rendition, double threshold)
    {
        var seen = await SeenAsync(rendition);
        var alike = Ssim.Of(Ssim.Scale(source, seen.Width, seen.Height), seen.Luma());
        TestContext.Current.TestOutputHelper?.WriteLine($"{rendition.Rendition.Name} {alike:0.0000}");
        Assert.True(alike >= threshold, $"{rendition.Rendition.Name}: {alike:0.000} is below {threshold}");
    }

    private static async Task<Pixels> SeenAsync(RenderedFile rendition) =>
        await Harness.Browser.DecodeAsync(await RenderingTests.BytesAsync(rendition), "image/webp");

    /// <summary>A sky that darkens, a ridge with a sharp edge, ground with waves that get finer.</summary>
    private static (byte R, byte G, byte B) Scene(int x, int y)
    {
        var ridge = 180 + 60 * Math.Sin(x / 97.0) + 20 * Math.Sin(x / 23.0);
        if (y < ridge)
            return ((byte)(90 + y / 4 % 100), (byte)(140 + y / 8 % 60), 220);

        var wave = 40 * Math.Sin(x / 9.0 + y / 31.0) + 30 * Math.Sin(y / (5 + x / 300.0));
        return ((byte)(110 + wave), (byte)(120 + wave * 0.8), (byte)(70 + wave * 0.5));
    }
}
