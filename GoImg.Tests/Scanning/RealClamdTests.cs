using GoImg.Core.Images;
using GoImg.Core.Storage;
using GoImg.Tests.Harness;

namespace GoImg.Tests.Scanning;

/// <summary>Malware from the upload to the quarantine, with the real scanner and the running application.</summary>
public sealed class RealClamdTests
{
    [Fact]
    public async Task Pictures_that_carry_malware_are_never_shown_and_their_bytes_are_put_away()
    {
        await using var clamd = await Clamd.StartAsync();
        await using var app = await GoImgApp.StartAsync("Scanning:Kind=clamav", $"Scanning:ClamAv={clamd.Address}");
        var ana = await app.SignUpAsync("ana");
        var bystander = await app.SignUpAsync("ben");
        var comment = new List<byte>();
        JpegSample.Segment(comment, 0xFE, Clamd.Eicar);
        var archive = Zip(Clamd.Eicar);
        byte[][] infected =
        [
            [.. Samples.Jpeg(), .. Clamd.Eicar],
            JpegSample.Create(64, 48, (x, y) => ((byte)x, (byte)y, 90), [[.. comment]]),
            Samples.Png(extraChunks: [PngSample.Chunk("tEXt", [.. "Comment\0"u8, .. Clamd.Eicar])]),
            [.. Samples.Png(), .. archive],
            [.. Samples.Gif(), .. Clamd.Eicar],
        ];

        foreach (var file in infected)
        {
            var uploaded = (await ana.UploadAsync(file, Visibility.Public)).Value();
            var image = await app.WaitForImageAsync(uploaded.ImageId);

            Assert.Equal((ImageState.Quarantined, "image.infected"), (image.State, image.FailureCode));
            foreach (var address in new[] { $"/i/{image.Slug}", $"/i/{image.Slug}/thumb", $"/i/{image.Slug}/large" })
                Assert.Equal(HttpStatusCode.NotFound, (await bystander.GetAsync(address)).StatusCode);
            await Eventually.TrueAsync(async () => !(await app.ObjectsAsync()).Contains(ObjectKey.Original(image.Id).Value));
            Assert.Equal(file, await app.ReadAsync(ObjectKey.Quarantine(image.Id)));
        }

        var clean = (await ana.UploadAsync(Samples.Jpeg(80, 60), Visibility.Public)).Value();
        Assert.Equal(ImageState.Active, (await app.WaitForImageAsync(clean.ImageId)).State);
    }

    private static byte[] Zip(byte[] content)
    {
        using var file = new MemoryStream();
        using (var zip = new System.IO.Compression.ZipArchive(file, System.IO.Compression.ZipArchiveMode.Create, leaveOpen: true))
        using (var entry = zip.CreateEntry("readme.txt").Open())
            entry.Write(content);
        return file.ToArray();
    }
}
