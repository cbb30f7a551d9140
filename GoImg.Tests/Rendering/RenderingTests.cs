using GoImg.Core.Rendering;
using GoImg.Tests.Harness;

namespace GoImg.Tests.Rendering;

[Trait("Duration", "long")]
public sealed class RenderingTests
{
    public static TheoryData<string, byte[]> Formats =>
        new()
        {
            { "JPEG", Samples.Jpeg(1000, 750) },
            { "PNG", Samples.Png(1000, 750) },
            { "PNG with alpha", Samples.Png(1000, 750, withAlpha: true) },
            { "GIF", Samples.Gif(1000, 750) },
            { "WebP", Samples.WebP(1000, 750) },
            { "TIFF", Samples.Tiff(1000, 750) },
        };

    [Theory]
    [MemberData(nameof(Formats))]
    public async Task Every_rendition_has_its_size_and_is_WebP(string name, byte[] file)
    {
        await using var renderer = new Renderer();

        await using var image = (await renderer.RenderAsync(file)).Value();

        Assert.Equal((name, 1000, 750), (name, image.WidthPx, image.HeightPx));
        Assert.Equal(
            [("large", 1000, 750), ("medium", 800, 600), ("small", 320, 240), ("thumbnail", 160, 120)],
            image.Files.Select(f => (f.Rendition.Name, f.WidthPx, f.HeightPx))
        );
        foreach (var rendition in image.Files)
        {
            var header = await HeaderAsync(rendition);
            Assert.Equal((ImageFormat.WebP, rendition.WidthPx, rendition.HeightPx), (header.Format, header.WidthPx, header.HeightPx));
            Assert.Equal(rendition.LengthBytes, (await BytesAsync(rendition)).Length);
        }

        Assert.InRange(image.Placeholder.Length, 20, 400);
        Assert.True(Inspection.Of(image.Placeholder).Value().WidthPx <= 24);
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(1, 3000)]
    [InlineData(3000, 1)]
    [InlineData(160, 160)]
    [InlineData(161, 2)]
    [InlineData(1601, 1599)]
    [InlineData(4000, 3)]
    public async Task Nothing_is_enlarged_and_extreme_shapes_work(int width, int height)
    {
        await using var renderer = new Renderer();

        await using var image = (await renderer.RenderAsync(Samples.Jpeg(width, height))).Value();

        foreach (var rendition in image.Files)
            Assert.Equal(rendition.Rendition.SizeOf(width, height), (rendition.WidthPx, rendition.HeightPx));
        Assert.Equal(image.Files.Count, image.Files.Select(rendition => (rendition.WidthPx, rendition.HeightPx)).Distinct().Count());
    }

    [Fact]
    public async Task The_largest_picture_allowed_is_rendered()
    {
        await using var renderer = new Renderer();

        await using var image = (await renderer.RenderAsync(Samples.WebP(10_000, 10_000))).Value();

        Assert.Equal((2560, 2560), (image.Files[0].WidthPx, image.Files[0].HeightPx));
    }

    [Fact]
    public async Task Dominant_colour_is_a_colour_of_the_picture()
    {
        await using var renderer = new Renderer();

        await using var one = (await renderer.RenderAsync(Samples.WebP(200, 200))).Value();
        await using var clear = (await renderer.RenderAsync(Samples.Png(200, 200, withAlpha: true))).Value();

        Assert.True(Distance(one.DominantColor, 40, 160, 60) < 8, one.DominantColor);
        // the right half is clear; the left is red above white
        Assert.True(Distance(clear.DominantColor, 220, 30, 30) < 12 || Distance(clear.DominantColor, 245, 245, 245) < 12, clear.DominantColor);
    }

    [Fact]
    public async Task The_hash_survives_resizing_and_another_format_but_not_another_picture()
    {
        await using var renderer = new Renderer();

        // A picture that changes everywhere, as photos do. In flat quarters bits came from ringing at their edges and from rounding: by these alone
        // the picture and its turned twin differed, and in how many bits hung on the version of libvips.
        await using var large = (await renderer.RenderAsync(JpegSample.Create(1200, 900, (x, y) => Hills(x / 1200.0, y / 900.0), []))).Value();
        await using var small = (
            await renderer.RenderAsync(PngSample.Create(400, 300, (x, y) => Hills(x / 400.0, y / 300.0), withAlpha: false, []))
        ).Value();
        await using var turned = (
            await renderer.RenderAsync(JpegSample.Create(1200, 900, (x, y) => Hills(x / 1200.0, y / 900.0), MetadataSample.JpegSegments(3, false)))
        ).Value();

        Assert.InRange(long.PopCount(large.PerceptualHash ^ small.PerceptualHash), 0, 4);
        Assert.InRange(long.PopCount(large.PerceptualHash ^ turned.PerceptualHash), 12, 64);
    }

    [Fact]
    public async Task One_image_does_not_show_in_the_next()
    {
        await using var renderer = new Renderer(new() { MaxWorkers = 1 });
        await using var untouched = new Renderer();
        var other = Samples.Png(400, 300);
        await using var alone = (await untouched.RenderAsync(other)).Value();

        await using var first = (await renderer.RenderAsync(Samples.Jpeg(400, 300, seed: 0x335577))).Value();
        var truncated = await renderer.RenderAsync(Cut(Samples.Jpeg(400, 300)));
        await using var second = (await renderer.RenderAsync(other)).Value();

        Assert.IsType<ImageFileErrors.NotDecodable>(truncated.Error);
        Assert.Equal(await BytesAsync(alone.Files[0]), await BytesAsync(second.Files[0]));
    }

    [Fact]
    public async Task A_picture_that_breaks_off_behind_a_whole_structure_is_not_published()
    {
        await using var renderer = new Renderer();

        foreach (
            var file in new[] { Cut(Samples.Jpeg(400, 300)), PngSample.Assemble(400, 300, 2, [], [0x78, 0x9C, 1, 2, 3]), Half(Samples.Png(400, 300)) }
        )
            Assert.IsType<ImageFileErrors.NotDecodable>((await renderer.RenderAsync(file)).Error);
    }

    [Fact]
    public async Task Animations_move_from_small_up_and_their_thumbnail_is_still()
    {
        await using var renderer = new Renderer();

        foreach (var file in new[] { Samples.Gif(400, 300, frames: 5), Samples.WebP(400, 300, frames: 5) })
        {
            await using var image = (await renderer.RenderAsync(file)).Value();

            foreach (var rendition in image.Files)
            {
                var header = await HeaderAsync(rendition);
                Assert.Equal(
                    (rendition.Rendition.Name == "thumbnail" ? 1 : 5, rendition.WidthPx, rendition.HeightPx),
                    (header.Frames, header.WidthPx, header.HeightPx)
                );
            }
        }
    }

    [Fact]
    public async Task An_animation_keeps_its_pace()
    {
        await using var renderer = new Renderer();

        await using var image = (await renderer.RenderAsync(Samples.Gif(400, 300, frames: 3))).Value();

        // 7 hundredths of a second in the sample; the duration is the 13th to 15th byte of a frame's chunk
        var bytes = await BytesAsync(image.Files[1]);
        var frame = bytes.AsSpan().IndexOf("ANMF"u8) + 8;
        Assert.Equal(70, bytes[frame + 12] | bytes[frame + 13] << 8 | bytes[frame + 14] << 16);
    }

    [Fact]
    public async Task An_animation_over_the_limit_is_shown_as_its_first_frame()
    {
        await using var renderer = new Renderer(new() { MaxAnimatedFrames = 4 });

        await using var image = (await renderer.RenderAsync(Samples.Gif(400, 300, frames: 5))).Value();

        foreach (var rendition in image.Files)
            Assert.Equal(1, (await HeaderAsync(rendition)).Frames);
    }

    [Fact]
    public async Task A_rendition_becomes_a_JPEG_with_clear_pixels_white()
    {
        await using var renderer = new Renderer();
        await using var image = (await renderer.RenderAsync(Samples.Png(400, 300, withAlpha: true))).Value();
        await using var webp = image.Files[0].OpenRead();

        await using var jpeg = (await renderer.Pool.TranscodeToJpegAsync(webp, TestContext.Current.CancellationToken)).Value();

        var bytes = await AllAsync(jpeg);
        Assert.Equal(
            (ImageFormat.Jpeg, 400, 300),
            (Inspection.Of(bytes).Value().Format, Inspection.Of(bytes).Value().WidthPx, Inspection.Of(bytes).Value().HeightPx)
        );
        await using var again = (await renderer.RenderAsync(bytes)).Value();
        // three of four quarters are white now
        Assert.True(Distance(again.DominantColor, 250, 250, 250) < 16, again.DominantColor);
    }

    [Fact]
    public async Task Of_an_animation_the_first_frame_becomes_the_JPEG()
    {
        await using var renderer = new Renderer();

        await using var jpeg = (
            await renderer.Pool.TranscodeToJpegAsync(new MemoryStream(Samples.WebP(90, 60, frames: 4)), TestContext.Current.CancellationToken)
        ).Value();

        Assert.Equal((90, 60), Inspection.Of(await AllAsync(jpeg)).Value().UprightSize);
    }

    [Fact]
    public async Task Scratch_space_is_empty_once_everything_is_disposed()
    {
        using var directory = new TempDirectory();
        await using (var renderer = new Renderer(new() { ScratchPath = directory.Path }))
        {
            await using (var image = (await renderer.RenderAsync(Samples.Jpeg())).Value())
                Assert.Single(Directory.EnumerateFiles(directory.Path, "*", SearchOption.AllDirectories));
            await renderer.RenderAsync(Cut(Samples.Jpeg()));

            Assert.Empty(Directory.EnumerateFiles(directory.Path, "*", SearchOption.AllDirectories));
        }

        Assert.Empty(Directory.EnumerateFileSystemEntries(directory.Path));
    }

    [Fact]
    public async Task This_process_never_maps_the_native_libraries()
    {
        await using var renderer = new Renderer();
        await using var image = (await renderer.RenderAsync(Samples.Jpeg())).Value();

        var maps = await File.ReadAllTextAsync("/proc/self/maps", TestContext.Current.CancellationToken);

        foreach (var library in new[] { "libvips", "libheif", "libjpeg", "libwebp", "Magick", "libglib" })
            Assert.DoesNotContain(library, maps, StringComparison.OrdinalIgnoreCase);
    }

    private static (byte, byte, byte) Hills(double x, double y)
    {
        var height = Math.Sin(7 * x + 3 * y) + Math.Sin(4 * y - 9 * x * y) + x;
        return ((byte)(100 + 35 * height), (byte)(120 + 40 * height), (byte)(90 - 20 * height));
    }

    internal static async Task<byte[]> BytesAsync(RenderedFile file)
    {
        await using var stream = file.OpenRead();
        return await AllAsync(stream);
    }

    internal static async Task<byte[]> AllAsync(Stream stream)
    {
        using var bytes = new MemoryStream();
        await stream.CopyToAsync(bytes, TestContext.Current.CancellationToken);
        return bytes.ToArray();
    }

    private static async Task<ImageHeader> HeaderAsync(RenderedFile file) => Inspection.Of(await BytesAsync(file)).Value();

    /// <summary>Loses the second half of the picture data but not the end mark.</summary>
    private static byte[] Cut(byte[] jpeg) => [.. jpeg[..(jpeg.Length / 2)], 0xFF, 0xD9];

    private static byte[] Half(byte[] png)
    {
        var at = png.AsSpan().IndexOf("IDAT"u8);
        var data = png[(at + 4)..^16];
        return PngSample.Assemble(400, 300, 2, [], data[..(data.Length / 2)]);
    }

    private static int Distance(string colour, int red, int green, int blue)
    {
        var value = Convert.ToInt32(colour[1..], 16);
        return Math.Max(Math.Abs((value >> 16) - red), Math.Max(Math.Abs((value >> 8 & 255) - green), Math.Abs((value & 255) - blue)));
    }
}
