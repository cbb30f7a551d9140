using GoImg.Core.Images;
using GoImg.Core.Rendering;
using GoImg.Tests.Harness;

namespace GoImg.Tests.Rendering;

public sealed class ImageInspectorTests
{
    public static TheoryData<string, byte[], ImageFormat> Formats =>
        new()
        {
            { "JPEG", Samples.Jpeg(70, 50), ImageFormat.Jpeg },
            { "PNG", Samples.Png(70, 50), ImageFormat.Png },
            { "GIF", Samples.Gif(70, 50), ImageFormat.Gif },
            { "WebP", Samples.WebP(70, 50), ImageFormat.WebP },
            { "TIFF", Samples.Tiff(70, 50), ImageFormat.Tiff },
            { "HEIC", Samples.HeifShell(70, 50), ImageFormat.Heic },
            { "AVIF", Samples.HeifShell(70, 50, "av01"), ImageFormat.Avif },
        };

    public static TheoryData<string, byte[]> Kept =>
        new()
        {
            { "JPEG", Samples.Jpeg(withMetadata: true) },
            { "PNG", Samples.Png(extraChunks: PngSample.Metadata) },
            { "GIF", Samples.Gif(frames: 3, withMetadata: true) },
            { "WebP", Samples.WebP(frames: 3, withMetadata: true) },
            { "TIFF", Samples.Tiff(withMetadata: true) },
            { "HEIC", Samples.HeifShell(70, 50) },
        };

    [Theory]
    [MemberData(nameof(Formats))]
    public void Format_and_size_are_read_from_the_content(string name, byte[] file, ImageFormat format)
    {
        var header = Inspection.Of(file).Value();

        Assert.Equal((name, format, 70, 50, 1, 1), (name, header.Format, header.WidthPx, header.HeightPx, header.Frames, header.Orientation));
    }

    [Theory]
    [MemberData(nameof(Kept))]
    public void A_file_cut_anywhere_is_damaged_and_never_an_exception(string name, byte[] file)
    {
        // the mark alone may be missing (MissingEndTests)
        for (var length = 16; length < file.Length - 12; length += Math.Max(1, file.Length / 400))
        {
            var found = Inspection.Of(file[..length]);

            // a GIF cut between two frames is a whole one of those before
            var isWhole = name == "GIF" && found.IsSuccess && found.Value.EndsAt == length;
            Assert.True(
                isWhole || found.Error is ImageFileErrors.Damaged,
                $"{name} cut to {length} of {file.Length}: {found.Error?.Code ?? "accepted"}"
            );
        }
    }

    [Theory]
    [MemberData(nameof(Kept))]
    public void Bytes_behind_the_end_are_tolerated(string name, byte[] file)
    {
        byte[] longer = [.. file, .. "PK\x03\x04 a zip, a film or a phone's own data"u8];

        Assert.True(Inspection.Of(longer).IsSuccess, name);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    [InlineData(7)]
    [InlineData(8)]
    public void Orientation_is_read_from_JPEG_PNG_WebP_and_TIFF(int orientation)
    {
        byte[][] files =
        [
            Samples.Jpeg(orientation: orientation),
            Samples.Png(extraChunks: [PngSample.Chunk("eXIf", MetadataSample.Exif(orientation, withCanary: false))]),
            Samples.Tiff(orientation: orientation),
            WebPSample.Riff([
                .. WebPSample.Chunk("VP8X", [8, 0, 0, 0, 63, 0, 0, 47, 0, 0]),
                .. Samples.WebP()[12..],
                .. WebPSample.Chunk("EXIF", MetadataSample.Exif(orientation, withCanary: false)),
            ]),
        ];

        foreach (var header in files.Select(f => Inspection.Of(f).Value()))
        {
            Assert.Equal(orientation, header.Orientation);
            Assert.Equal(orientation >= 5 ? (48, 64) : (64, 48), header.UprightSize);
        }
    }

    [Theory]
    [InlineData(null, 1, 90, 60)]
    [InlineData(1, 8, 60, 90)]
    [InlineData(2, 3, 90, 60)]
    [InlineData(3, 6, 60, 90)]
    public void A_HEIC_is_turned_by_its_container(int? turnsLeft, int orientation, int uprightWidth, int uprightHeight)
    {
        var header = Inspection.Of(Samples.HeifShell(90, 60, turnsLeft: turnsLeft)).Value();

        Assert.Equal((orientation, (uprightWidth, uprightHeight)), (header.Orientation, header.UprightSize));
    }

    [Fact]
    public void Frames_of_GIF_and_WebP_are_counted()
    {
        Assert.Equal(7, Inspection.Of(Samples.Gif(frames: 7)).Value().Frames);
        Assert.Equal(5, Inspection.Of(Samples.WebP(frames: 5)).Value().Frames);
    }

    [Fact]
    public void Interlaced_and_progressive_files_are_told()
    {
        var interlaced = Samples.Png();
        interlaced[28] = 1;
        var progressive = Samples.Jpeg();
        progressive[progressive.AsSpan().IndexOf((ReadOnlySpan<byte>)[0xFF, 0xC0]) + 1] = 0xC2;

        Assert.True(Inspection.Of(interlaced).Value().IsProgressive);
        Assert.True(Inspection.Of(progressive).Value().IsProgressive);
        Assert.False(Inspection.Of(Samples.Jpeg()).Value().IsProgressive);
    }

    [Fact]
    public void A_phone_photo_with_megabytes_of_previews_and_a_film_behind_it_is_accepted()
    {
        var plain = Samples.Jpeg();
        var preview = new List<byte>();
        for (var i = 0; i < 120; i++)
            JpegSample.Segment(preview, 0xE1, [.. "http://ns.adobe.com/xmp/extension/\0"u8, .. new byte[65_000]]);
        byte[] photo = [.. plain[..2], .. preview, .. plain[2..], .. Samples.Jpeg(), .. HeifSample.Box("ftyp", [.. "mp42"u8]), .. new byte[100_000]];

        Assert.True(Inspection.Of(photo).IsSuccess);
    }

    [Theory]
    [InlineData("")]
    [InlineData("<svg xmlns='http://www.w3.org/2000/svg'/>")]
    [InlineData("<?xml version='1.0'?><svg/>")]
    [InlineData("%PDF-1.7")]
    [InlineData("BM____\0\0\0\0")]
    [InlineData("8BPS\0\u0001")]
    [InlineData("\u001f\u008b\b\0gzip under any name")]
    [InlineData("PK\u0003\u0004zip")]
    [InlineData("GIF88a no such version")]
    [InlineData("RIFF\u0010\0\0\0WAVEfmt ")]
    [InlineData("\0\0\0\u0014ftypqt  \0\0\0\0qt  ")]
    [InlineData("\0\0\0\fJXL \r\n\u0087\n")]
    [InlineData("\0\0\0\fjP  \r\n\u0087\n")]
    [InlineData("just text")]
    public void Anything_else_is_refused_by_name(string start)
    {
        var error = Inspection.Of([.. start.Select(c => (byte)c)]).Error;

        Assert.True(
            error is ImageFileErrors.Foreign or ImageFileErrors.UnknownFormat or ImageFileErrors.Unsupported or ImageFileErrors.Empty,
            $"{error}"
        );
        Assert.EndsWith(".", error!.Message, StringComparison.Ordinal);
    }

    public static TheoryData<string, string, byte[]> Foreign =>
        new()
        {
            { "raw file (CR2)", "JPEG", [.. "II*\0\u0010\0\0\0CR\u0002\0"u8] },
            { "raw file (CR3)", "JPEG", [.. "\0\0\0\u0018ftypcrx \0\0\0\u0001crx isom"u8] },
            { "raw file (RAF)", "JPEG", [.. "FUJIFILMCCD-RAW 0201"u8] },
            { "raw file (ORF)", "JPEG", [.. "IIRO\u0008\0\0\0"u8] },
            { "raw file (RW2)", "JPEG", [.. "IIU\0\u0018\0\0\0"u8] },
            { "raw file (DNG)", "JPEG", CameraRaw("Google", isDng: true) },
            { "raw file (NEF)", "JPEG", CameraRaw("NIKON CORPORATION") },
            { "raw file (ARW)", "JPEG", CameraRaw("SONY") },
            { "(MP4)", "GIF", [.. "\0\0\0\u0018ftypisom\0\0\u0002\0isommp41"u8] },
            { "(MP4)", "GIF", [.. "\0\0\0\u0018ftypmp42\0\0\u0002\0mp42isom"u8] },
            { "(MOV)", "GIF", [.. "\0\0\0\u0014ftypqt  \0\0\u0002\0qt  "u8] },
            { "(MOV)", "GIF", [.. "\0\0\0\u0008wide\0\0\0\u0010mdat"u8] },
            { "(WebM)", "GIF", [0x1A, 0x45, 0xDF, 0xA3, 0x42, 0x82, 0x84, .. "webm"u8] },
            { "(MKV)", "GIF", [0x1A, 0x45, 0xDF, 0xA3, 0x42, 0x82, 0x88, .. "matroska"u8] },
            { "(AVI)", "GIF", [.. "RIFF\u0010\0\0\0AVI LIST"u8] },
            { "JPEG XL", "PNG", [0xFF, 0x0A, 0xFA, 0x1F] },
            { "PDF", "PNG", [.. "%PDF-1.7"u8] },
            { "SVG", "PNG", [.. "<?xml version='1.0'?><svg/>"u8] },
            { "Photoshop", "PNG", [.. "8BPS\0\u0001"u8] },
        };

    [Theory]
    [MemberData(nameof(Foreign))]
    public void What_people_often_have_beside_pictures_is_refused_by_its_name_with_what_to_do(string name, string instead, byte[] file)
    {
        var error = Inspection.Of([.. file, .. new byte[600]]).Error;

        Assert.Equal("image.unsupported", Assert.IsType<ImageFileErrors.Foreign>(error).Code);
        Assert.Contains(name, error.Message, StringComparison.Ordinal);
        Assert.Contains(instead, error.Message, StringComparison.Ordinal);
    }

    private static byte[] CameraRaw(string make, bool isDng = false) =>
        TiffSample.Raw(
            [.. make.Select(c => (byte)c), 0],
            next: 0,
            (254, 4, 1, 1),
            (271, 2, (uint)make.Length + 1, 8),
            (330, 4, 1, 8),
            (isDng ? (ushort)50706 : (ushort)305, 1, 4, 0x01040000)
        );

    [Fact]
    public void A_limit_is_never_said_to_be_kept_by_what_breaks_it()
    {
        Assert.Contains(
            "has 100.000001 megapixels; the limit is 100.",
            new ImageFileErrors.TooManyPixels(100_000_001, 100).Message,
            StringComparison.Ordinal
        );
        Assert.Contains(
            "has 120.3 megapixels; the limit is 100.",
            new ImageFileErrors.TooManyPixels(120_312_000, 100).Message,
            StringComparison.Ordinal
        );
        Assert.Contains("300 B of 1000 B", new ImageErrors.QuotaExceeded(300, 1000).Message, StringComparison.Ordinal);
        Assert.Contains("5.00001 GiB of 5 GiB", new ImageErrors.QuotaExceeded((5L << 30) + 10_000, 5L << 30).Message, StringComparison.Ordinal);
        Assert.Contains("1.2 GiB of 5 GiB", new ImageErrors.QuotaExceeded(1_288_490_189, 5L << 30).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void HEIF_of_another_coding_is_refused() =>
        Assert.IsType<ImageFileErrors.Unsupported>(Inspection.Of(Samples.HeifShell(10, 10, "jpeg")).Error);

    [Fact]
    public void Limits_are_held_with_their_own_words()
    {
        var limits = new ImageLimits
        {
            MaxMegapixels = 1,
            MaxMegapixelsHeif = 1,
            MaxSidePx = 3000,
            MaxFrames = 4,
            MaxAnimationMegapixels = 1,
        };

        Assert.Equal(new ImageFileErrors.SideTooLong(3001, 3000), Inspection.Of(Samples.WebP(3001, 1), limits).Error);
        Assert.Equal(new ImageFileErrors.TooManyPixels(1_001_000, 1), Inspection.Of(Samples.WebP(1001, 1000), limits).Error);
        Assert.Equal(new ImageFileErrors.TooManyPixels(1_001_000, 1), Inspection.Of(Samples.HeifShell(1001, 1000), limits).Error);
        Assert.Equal(new ImageFileErrors.TooManyFrames(4), Inspection.Of(Samples.Gif(4, 4, frames: 90), limits).Error);
        Assert.Equal(new ImageFileErrors.TooMuchAnimation(1_200_000, 1), Inspection.Of(Samples.WebP(600, 500, frames: 4), limits).Error);
        Assert.Null(Inspection.Of(Samples.WebP(1000, 1000), limits).Error);
    }

    [Fact]
    public void A_format_with_larger_numbers_than_32_bits_hold_is_refused_not_wrapped()
    {
        var png = PngSample.Assemble(int.MaxValue, int.MaxValue, 2, [], [0]);

        Assert.IsType<ImageFileErrors.SideTooLong>(Inspection.Of(png).Error);
        Assert.IsType<ImageFileErrors.TooManyPixels>(Inspection.Of(png, new ImageLimits { MaxSidePx = int.MaxValue }).Error);
    }
}
