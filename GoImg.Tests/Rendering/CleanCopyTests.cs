using GoImg.Core.Rendering;
using GoImg.Infrastructure.Rendering.Cleaning;
using GoImg.Tests.Harness;

namespace GoImg.Tests.Rendering;

public sealed class CleanCopyTests
{
    // what a copy may keep: how colours are meant
    private static readonly string[] OfProfiles = ["ICC_PROFILE", "acspMSFT", "acspAPPL", "ICCP"];

    public static TheoryData<string, byte[]> Telling =>
        new()
        {
            { "JPEG", Samples.Jpeg(400, 300, orientation: 6, withMetadata: true) },
            { "JPEG with a zip behind it", [.. Samples.Jpeg(400, 300), .. "PK\u0003\u0004"u8, .. MetadataSample.Canary] },
            { "JPEG without end mark and with a trailer", [.. Samples.Jpeg(400, 300, withMetadata: true)[..^2], 0, .. MetadataSample.Canary] },
            { "JPEG with words between its data and its end", [.. Samples.Jpeg(400, 300)[..^2], 0, .. MetadataSample.Canary, 0xFF, 0xD9] },
            { "PNG", Samples.Png(400, 300, extraChunks: PngSample.Metadata) },
            { "turned PNG", Samples.Png(400, 300, extraChunks: [PngSample.Chunk("eXIf", MetadataSample.Exif(8, withCanary: true))]) },
            { "PNG with words behind it", [.. Samples.Png(400, 300), .. MetadataSample.Canary] },
            { "GIF", Samples.Gif(400, 300, withMetadata: true) },
            { "animated GIF", [.. Samples.Gif(400, 300, frames: 3, withMetadata: true), .. MetadataSample.Canary] },
            { "WebP", Samples.WebP(400, 300, withMetadata: true) },
            { "animated WebP", [.. Samples.WebP(400, 300, frames: 3, withMetadata: true), .. MetadataSample.Canary] },
        };

    [Theory]
    [MemberData(nameof(Telling))]
    public async Task A_copy_has_the_same_picture_and_nothing_else(string name, byte[] file)
    {
        await using var renderer = new Renderer();

        var copy = await CopyAsync(file);
        await using var rendered = (await renderer.RenderAsync(copy)).Value();
        await using var wanted = (await renderer.RenderAsync(file)).Value();

        Assert.Equal((name, ""), (name, string.Join(", ", Told(copy))));
        Assert.Equal(Inspection.Of(file).Value() with { EndsAt = null }, Inspection.Of(copy).Value());
        Assert.Equal((wanted.WidthPx, wanted.HeightPx), (rendered.WidthPx, rendered.HeightPx));
        foreach (var (one, other) in wanted.Files.Zip(rendered.Files))
            Assert.Equal(Bytes(one), Bytes(other));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Whatever_segments_a_JPEG_has_wherever_they_stand_none_is_copied(int seed)
    {
        var dice = new Dice(seed);
        for (var round = 0; round < 60; round++)
        {
            var plain = Samples.Jpeg(64, 48, orientation: round % 8 + 1);
            var scan = plain.AsSpan().IndexOf((ReadOnlySpan<byte>)[0xFF, 0xDA]);
            var frame = plain.AsSpan().IndexOf((ReadOnlySpan<byte>)[0xFF, 0xC0]);
            byte[] file =
            [
                .. plain[..2],
                .. Segments(dice),
                .. plain[2..frame],
                .. Segments(dice),
                .. plain[frame..scan],
                .. Segments(dice),
                .. plain[scan..],
            ];
            if (dice.Next(2) == 0)
                file = [.. file, .. MetadataSample.Canary];

            var copy = await CopyAsync(file);

            Assert.Empty(Told(copy));
            Assert.Equal(Inspection.Of(file).Value(), Inspection.Of(copy).Value());
        }
    }

    [Fact]
    public async Task Copies_of_real_files_tell_nothing_and_are_read_as_the_files_are()
    {
        var told = 0;
        foreach (var path in SharedFiles.In("corpus/lovell+sharp").Concat(SharedFiles.In("photos")))
        {
            var file = await File.ReadAllBytesAsync(path, TestContext.Current.CancellationToken);
            if (
                Inspection.Of(file)
                is not { IsSuccess: true, Value: { Format: ImageFormat.Jpeg or ImageFormat.Png or ImageFormat.Gif or ImageFormat.WebP } header }
            )
                continue;

            var copy = await TryCopyAsync(file);
            if (copy is null)
                continue;

            Assert.Equal((path, ""), (path, string.Join(", ", Told(copy))));
            Assert.Equal((path, header with { EndsAt = null }), (path, Inspection.Of(copy).Value()));
            told += MetadataScan.Find(file).Count > 0 ? 1 : 0;
        }

        Assert.True(told > 20, $"only {told} files had something to tell");
    }

    private static IEnumerable<byte> Segments(Dice dice)
    {
        var segments = new List<byte>();
        for (var count = dice.Next(4); count > 0; count--)
        {
            // APP0 to APP15 and comments
            var marker = (byte)(dice.Next(17) is var which and < 16 ? 0xE0 + which : 0xFE);
            ReadOnlySpan<byte> start = dice.Next(6) switch
            {
                0 => "Exif\0\0"u8,
                1 => "JFXX\0\u0010"u8,
                2 => "http://ns.adobe.com/xap/1.0/\0"u8,
                3 => "MPF\0"u8,
                4 => "Photoshop 3.0\0"u8,
                _ => ""u8,
            };
            JpegSample.Segment(segments, marker, [.. start, .. MetadataSample.Canary, .. new byte[dice.Next(300)]]);
        }

        return segments;
    }

    private static async Task<byte[]> CopyAsync(byte[] file) => await TryCopyAsync(file) ?? throw new InvalidOperationException("It was not copied.");

    private static async Task<byte[]?> TryCopyAsync(byte[] file)
    {
        using var copy = new MemoryStream();
        var isCopied = await new CleanCopy().TryWriteAsync(
            new MemoryStream(file),
            Inspection.Of(file).Value(),
            copy,
            TestContext.Current.CancellationToken
        );
        return isCopied ? copy.ToArray() : null;
    }

    private static List<string> Told(byte[] copy)
    {
        List<string> marks = [.. MetadataScan.Find(WithoutOrientation(copy)).Except(OfProfiles)];
        if (copy.AsSpan().IndexOf(MetadataSample.Degrees) >= 0)
            marks.Add("a place");
        return marks;
    }

    /// <summary>The one thing of EXIF that stays, taken out as the bytes it has to be.</summary>
    private static byte[] WithoutOrientation(byte[] copy)
    {
        foreach (var orientation in Enumerable.Range(2, 7))
        foreach (var start in new[] { "Exif\0\0"u8.ToArray(), [.. "eXIf"u8], [.. "EXIF"u8, 26, 0, 0, 0] })
        {
            byte[] block = [.. start, .. OrientationExif.Of(orientation)];
            var at = copy.AsSpan().IndexOf(block);
            if (at >= 0)
                return [.. copy[..at], .. copy[(at + block.Length)..]];
        }

        return copy;
    }

    private static byte[] Bytes(RenderedFile file)
    {
        using var bytes = new MemoryStream();
        using var content = file.OpenRead();
        content.CopyTo(bytes);
        return bytes.ToArray();
    }

    /// <summary>The same numbers for the same seed (a linear congruential generator, Numerical Recipes).</summary>
    private sealed class Dice(int seed)
    {
        private uint _state = (uint)seed;

        public int Next(int below)
        {
            _state = _state * 1_664_525 + 1_013_904_223;
            return (int)((ulong)_state * (uint)below >> 32);
        }
    }
}
