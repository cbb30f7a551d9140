using GoImg.Core.Rendering;
using GoImg.Tests.Harness;

namespace GoImg.Tests.Rendering;

/// <summary>Files without their format's end mark: whole pictures are taken as browsers show them, others are not.</summary>
public sealed class MissingEndTests
{
    private const string MakersTrailer = "\0\0\x01\nPanorama_Shot_Info\0\0SEFH\0\0\0\0SEFT";

    public static TheoryData<string, byte[], byte[]> Whole =>
        new()
        {
            { "JPEG", Samples.Jpeg(90, 70)[..^2], Samples.Jpeg(90, 70) },
            { "JPEG with half a mark", Samples.Jpeg(90, 70)[..^1], Samples.Jpeg(90, 70) },
            { "JPEG with a maker's trailer", [.. Samples.Jpeg(90, 70)[..^2], .. Latin(MakersTrailer)], Samples.Jpeg(90, 70) },
            { "JPEG with a trailer of marks", [.. Samples.Jpeg(90, 70)[..^2], 0, 0xFF, 0xE1, 0xFF, 0xFF, 0xC0, 0, 1], Samples.Jpeg(90, 70) },
            { "GIF", Samples.Gif(40, 30)[..^1], Samples.Gif(40, 30) },
            { "animated GIF", Samples.Gif(40, 30, frames: 3)[..^1], Samples.Gif(40, 30, frames: 3) },
            { "PNG", Samples.Png(40, 30)[..^12], Samples.Png(40, 30) },
        };

    [Theory]
    [MemberData(nameof(Whole))]
    public async Task A_file_that_lacks_only_its_end_mark_looks_as_the_whole_file_does(string name, byte[] file, byte[] whole)
    {
        await using var renderer = new Renderer();

        await using var rendered = (await renderer.RenderAsync(file)).Value();
        await using var wanted = (await renderer.RenderAsync(whole)).Value();

        Assert.Equal((name, wanted.WidthPx, wanted.HeightPx), (name, rendered.WidthPx, rendered.HeightPx));
        Assert.Equal(Bytes(wanted), Bytes(rendered));
    }

    [Fact]
    public void A_progressive_JPEG_is_whole_when_every_bit_was_coded()
    {
        var whole = FlatJpeg.Progressive((0, 0, 0, "0"), (1, 63, 0, "10"));

        Assert.True(Inspection.Of(whole[..^2]).IsSuccess);
        Assert.IsType<ImageFileErrors.Damaged>(Inspection.Of(FlatJpeg.Progressive((0, 0, 0, "0"))[..^2]).Error);
    }

    [Fact]
    public void A_JPEG_cut_anywhere_in_its_data_is_damaged_filled_up_or_not()
    {
        var whole = Samples.Jpeg(160, 120);
        for (var length = whole.Length - 3; length > whole.Length - 200; length--)
        {
            Assert.IsType<ImageFileErrors.Damaged>(Inspection.Of(whole[..length]).Error);
            Assert.IsType<ImageFileErrors.Damaged>(Inspection.Of([.. whole[..length], .. new byte[5000]]).Error);
        }
    }

    [Fact]
    public void A_GIF_whose_last_frame_lacks_pixels_is_damaged_without_its_trailer()
    {
        foreach (var (width, height) in new[] { (40, 30), (600, 500) })
        {
            var whole = Samples.Gif(width, height);
            // the size of the first codes, then blocks, then a block of nothing and the trailer
            var data = whole.AsSpan().LastIndexOf((ReadOnlySpan<byte>)[0x2C, 0, 0, 0, 0]) + 11;
            for (var at = data; whole[at] > 0; at += whole[at] + 1)
            for (var kept = 1; kept < whole[at] - (whole[at + whole[at] + 1] == 0 ? 3 : 0); kept++)
                Assert.IsType<ImageFileErrors.Damaged>(Inspection.Of([.. whole[..at], (byte)kept, .. whole[(at + 1)..(at + 1 + kept)], 0]).Error);
            Assert.True(Inspection.Of(whole[..^1]).IsSuccess);
        }
    }

    [Fact]
    public async Task A_PNG_that_ends_between_its_rows_is_not_shown()
    {
        var whole = Samples.Png(40, 30);
        var data = whole.AsSpan().IndexOf("IDAT"u8);
        // the data of the first rows only, in a chunk that is whole
        var cut = PngSample.Chunk("IDAT", whole[(data + 4)..(data + 24)]);
        await using var renderer = new Renderer();

        Assert.False((await renderer.RenderAsync([.. whole[..(data - 4)], .. cut])).IsSuccess);
    }

    [Theory]
    [InlineData("no-eoi-tiny.jpg")]
    [InlineData("no-eoi-trailer-tiny.jpg")]
    [InlineData("gif-no-trailer-tiny.gif")]
    public async Task What_phones_wrote_is_taken(string name)
    {
        var path = Path.Combine(SharedFiles.In("cases").Single(file => Path.GetFileName(file) == name));
        await using var renderer = new Renderer();

        Assert.True((await renderer.RenderAsync(await File.ReadAllBytesAsync(path, TestContext.Current.CancellationToken))).IsSuccess);
    }

    private static byte[] Bytes(RenderedImage image)
    {
        using var bytes = new MemoryStream();
        using var file = image.Files[0].OpenRead();
        file.CopyTo(bytes);
        return bytes.ToArray();
    }

    private static byte[] Latin(string text) => [.. text.Select(c => (byte)c)];
}
