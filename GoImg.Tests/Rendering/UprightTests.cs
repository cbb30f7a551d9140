using GoImg.Tests.Harness;

namespace GoImg.Tests.Rendering;

[Trait("Duration", "long")]
public sealed class UprightTests
{
    [Theory]
    [InlineData("recurser+exif-orientation-examples", "Landscape_*.jpg")]
    [InlineData("recurser+exif-orientation-examples", "Portrait_*.jpg")]
    [InlineData("python-pillow+Pillow", "rot?mir?.avif")]
    public async Task However_a_photo_is_stored_it_comes_out_the_same(string folder, string pattern)
    {
        var paths = RepositoryPaths.SharedFiles("corpus/" + folder, pattern);
        await using var renderer = new Renderer();
        await using var first = (await renderer.RenderAsync(await ReadAsync(paths[0]))).Value();

        Assert.True(paths.Length >= 4);
        foreach (var path in paths)
        {
            await using var image = (await renderer.RenderAsync(await ReadAsync(path))).Value();

            Assert.Equal((path, first.WidthPx, first.HeightPx), (path, image.WidthPx, image.HeightPx));
            var bits = long.PopCount(first.PerceptualHash ^ image.PerceptualHash);
            Assert.True(bits <= 4, $"{path}: {bits} of 64 bits differ");
        }
    }

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    [InlineData(7)]
    [InlineData(8)]
    public async Task JPEG_PNG_and_TIFF_are_turned_alike_and_not_as_they_are_stored(int orientation)
    {
        await using var renderer = new Renderer();
        byte[][] files =
        [
            Samples.Jpeg(320, 200, orientation),
            Samples.Tiff(320, 200, orientation),
            Samples.Png(320, 200, extraChunks: [PngSample.Chunk("eXIf", MetadataSample.Exif(orientation, withCanary: false))]),
        ];
        await using var stored = (await renderer.RenderAsync(Samples.Jpeg(320, 200))).Value();
        await using var first = (await renderer.RenderAsync(files[0])).Value();

        Assert.Equal(orientation >= 5 ? (200, 320) : (320, 200), (first.WidthPx, first.HeightPx));
        Assert.InRange(long.PopCount(first.PerceptualHash ^ stored.PerceptualHash), 6, 64);
        foreach (var file in files)
        {
            await using var image = (await renderer.RenderAsync(file)).Value();
            Assert.Equal((first.WidthPx, first.HeightPx), (image.WidthPx, image.HeightPx));
            Assert.InRange(long.PopCount(first.PerceptualHash ^ image.PerceptualHash), 0, 4);
        }
    }

    private static Task<byte[]> ReadAsync(string path) => File.ReadAllBytesAsync(path, TestContext.Current.CancellationToken);
}
