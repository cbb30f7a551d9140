using GoImg.Tests.Harness;

namespace GoImg.Tests.Rendering;

public sealed class PrivacyTests
{
    public static TheoryData<string, byte[]> Telling =>
        new()
        {
            { "JPEG", Samples.Jpeg(400, 300, orientation: 6, withMetadata: true) },
            { "PNG", Samples.Png(400, 300, extraChunks: PngSample.Metadata) },
            { "GIF", Samples.Gif(400, 300, withMetadata: true) },
            { "animated GIF", Samples.Gif(400, 300, frames: 3, withMetadata: true) },
            { "WebP", Samples.WebP(400, 300, withMetadata: true) },
            { "animated WebP", Samples.WebP(400, 300, frames: 3, withMetadata: true) },
            { "TIFF", Samples.Tiff(400, 300, withMetadata: true) },
            { "JPEG with a zip behind it", [.. Samples.Jpeg(400, 300), .. "PK\u0003\u0004"u8, .. new byte[200]] },
        };

    [Theory]
    [MemberData(nameof(Telling))]
    public async Task No_metadata_survives_in_what_others_are_served(string name, byte[] file)
    {
        await using var renderer = new Renderer();
        Assert.NotEmpty(MetadataScan.Find(file));

        await using var image = (await renderer.RenderAsync(file)).Value();

        await AssertNothingToldAsync(renderer, image, name);
    }

    [Fact]
    public async Task No_metadata_of_real_files_survives()
    {
        await using var renderer = new Renderer();
        var told = 0;
        foreach (
            var path in RepositoryPaths
                .SharedFiles("corpus/lovell+sharp")
                .Concat(RepositoryPaths.SharedFiles("corpus/AOMediaCodec+av1-avif", "*.avif").Take(8))
        )
        {
            var file = await File.ReadAllBytesAsync(path, TestContext.Current.CancellationToken);
            if (file.Length > 3_000_000 || MetadataScan.Find(file).Count == 0)
                continue;

            var rendered = await renderer.RenderAsync(file);
            if (!rendered.IsSuccess)
                continue;

            await using var image = rendered.Value;
            await AssertNothingToldAsync(renderer, image, path);
            told++;
        }

        Assert.True(told > 10, $"only {told} files had something to tell");
    }

    private static async Task AssertNothingToldAsync(Renderer renderer, GoImg.Core.Rendering.RenderedImage image, string name)
    {
        Assert.Empty(MetadataScan.Find(image.Placeholder));
        foreach (var rendition in image.Files)
        {
            var webp = await RenderingTests.BytesAsync(rendition);
            Assert.True(MetadataScan.Find(webp).Count == 0, $"{name}, {rendition.Rendition.Name}: {string.Join(", ", MetadataScan.Find(webp))}");
        }

        await using var jpeg = (
            await renderer.Pool.TranscodeToJpegAsync(
                new MemoryStream(await RenderingTests.BytesAsync(image.Files[0])),
                TestContext.Current.CancellationToken
            )
        ).Value();
        var bytes = await RenderingTests.AllAsync(jpeg);
        Assert.True(MetadataScan.Find(bytes).Count == 0, $"{name} as JPEG: {string.Join(", ", MetadataScan.Find(bytes))}");
    }
}
