using System.IO.Hashing;
using System.Text;
using GoImg.Core.Images;
using GoImg.Core.Rendering;
using GoImg.Infrastructure.Rendering.Camera;
using GoImg.Tests.Harness;
using Microsoft.Extensions.Logging.Abstractions;

namespace GoImg.Tests.Rendering;

public sealed class CameraDataTests
{
    private static readonly CameraData Known = new()
    {
        Make = "FUJIFILM",
        Model = "X-T5",
        Lens = "XF35mmF1.4 R",
        TakenAt = new DateTimeOffset(2023, 7, 14, 12, 5, 6, TimeSpan.Zero),
        Details = new CameraDetails
        {
            OffsetMinutes = 120,
            ExposureSeconds = 1 / 250d,
            FNumber = 2.8,
            Iso = 400,
            FocalLengthMm = 35,
            FocalLength35Mm = 53,
            Place = new CameraPlace(48.2, 16.37, 171),
        },
    };

    public static TheoryData<string, byte[], ImageFormat> Carriers =>
        new()
        {
            { "JPEG", WithSegment(Samples.Jpeg(), [.. "Exif\0\0"u8, .. ExifSample.Full]), ImageFormat.Jpeg },
            { "PNG", Samples.Png(extraChunks: [PngSample.Chunk("eXIf", ExifSample.Full)]), ImageFormat.Png },
            {
                "WebP",
                WebPSample.Riff([
                    .. WebPSample.Chunk("VP8X", [8, 0, 0, 0, 63, 0, 0, 47, 0, 0]),
                    .. Samples.WebP()[12..],
                    .. WebPSample.Chunk("EXIF", ExifSample.Full),
                ]),
                ImageFormat.WebP
            },
            { "TIFF", ExifSample.Full, ImageFormat.Tiff },
        };

    [Theory]
    [MemberData(nameof(Carriers))]
    public async Task It_is_read_from_every_format_that_carries_it(string name, byte[] file, ImageFormat format)
    {
        var facts = await ReadAsync(file, format);

        Assert.Equal((name, Known), (name, facts.Camera with { Details = Rounded(facts.Camera.Details) }));
        Assert.Equal(Crc32.HashToUInt32(file), facts.Crc32);
        Assert.Equal("FUJIFILM X-T5", facts.Camera.Name);
        Assert.Equal(new DateTimeOffset(2023, 7, 14, 14, 5, 6, TimeSpan.FromHours(2)), facts.Camera.TakenAtLocally);
    }

    [Fact]
    public async Task A_date_without_a_zone_is_the_cameras_clock()
    {
        var camera = (await ReadAsync(ExifSample.WithoutZone, ImageFormat.Tiff)).Camera;

        Assert.Equal((new DateTimeOffset(2023, 7, 14, 14, 5, 6, TimeSpan.Zero), null), (camera.TakenAt, camera.Details.OffsetMinutes));
    }

    [Fact]
    public async Task What_EXIF_does_not_say_XMP_may()
    {
        var file = WithSegment(Samples.Jpeg(), [.. "http://ns.adobe.com/xap/1.0/\0"u8, .. Encoding.UTF8.GetBytes(ExifSample.Xmp)]);

        var camera = (await ReadAsync(file, ImageFormat.Jpeg)).Camera;

        Assert.Equal(("Canon EOS R5", "RF24-70mm"), (camera.Name, camera.Lens));
        Assert.Equal(new DateTimeOffset(2021, 1, 2, 3, 4, 5, TimeSpan.FromHours(-5)), camera.TakenAtLocally);
        Assert.Equal((1 / 60d, 5.6, 200), (camera.Details.ExposureSeconds, camera.Details.FNumber, camera.Details.Iso));
        Assert.Equal((51.5, -0.12), (camera.Details.Place!.Latitude, Math.Round(camera.Details.Place.Longitude, 6)));
    }

    [Theory]
    [MemberData(nameof(Carriers))]
    public async Task Broken_metadata_are_never_a_fault(string name, byte[] file, ImageFormat format)
    {
        for (var at = 0; at < file.Length; at += Math.Max(1, file.Length / 150))
        {
            var broken = file.ToArray();
            broken[at] ^= 0xFF;
            Assert.NotNull((await ReadAsync(broken, format)).Camera);
            Assert.NotNull((await ReadAsync(file[..at], format)).Camera);
        }

        Assert.NotEmpty(name);
    }

    [Fact]
    public async Task Entities_of_XMP_are_not_expanded()
    {
        const string Bomb = "<!DOCTYPE x [<!ENTITY a 'aaaaaaaaaa'>]><x xmlns:tiff='http://ns.adobe.com/tiff/1.0/'><tiff:Make>&a;</tiff:Make></x>";
        var file = WithSegment(Samples.Jpeg(), [.. "http://ns.adobe.com/xap/1.0/\0"u8, .. Encoding.UTF8.GetBytes(Bomb)]);

        Assert.True((await ReadAsync(file, ImageFormat.Jpeg)).Camera.IsEmpty);
    }

    [Fact]
    public async Task Real_photos_say_when_and_by_what_they_were_taken()
    {
        var (read, photos) = (
            0,
            SharedFiles.In("corpus/lovell+sharp").Where(path => path.EndsWith(".jpg", StringComparison.OrdinalIgnoreCase)).ToList()
        );
        foreach (var path in photos)
        {
            await using var file = File.OpenRead(path);
            var camera = (
                await new OriginalFactsReader(NullLogger<OriginalFactsReader>.Instance).ReadAsync(
                    file,
                    ImageFormat.Jpeg,
                    TestContext.Current.CancellationToken
                )
            ).Camera;
            read += camera is { Name: not null, TakenAt: not null } ? 1 : 0;
        }

        TestContext.Current.TestOutputHelper?.WriteLine($"{read} of {photos.Count}");
        Assert.True(read >= 1, $"only {read} of {photos.Count}");
    }

    private static CameraDetails Rounded(CameraDetails details) =>
        details with
        {
            Place = new CameraPlace(Math.Round(details.Place!.Latitude, 6), Math.Round(details.Place.Longitude, 6), details.Place.AltitudeM),
        };

    private static Task<OriginalFacts> ReadAsync(byte[] file, ImageFormat format) =>
        new OriginalFactsReader(NullLogger<OriginalFactsReader>.Instance).ReadAsync(
            new MemoryStream(file),
            format,
            TestContext.Current.CancellationToken
        );

    private static byte[] WithSegment(byte[] jpeg, byte[] data)
    {
        var segment = new List<byte>();
        JpegSample.Segment(segment, 0xE1, data);
        return [.. jpeg[..2], .. segment, .. jpeg[2..]];
    }
}
