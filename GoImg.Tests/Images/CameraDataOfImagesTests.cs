using System.IO.Hashing;
using GoImg.Core.Images;
using GoImg.Tests.Harness;
using GoImg.Tests.Integrity;

namespace GoImg.Tests.Images;

public sealed class CameraDataOfImagesTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_owner_sees_all_of_it_and_others_what_the_owner_shows()
    {
        await using var app = await GoImgApp.StartAsync();
        var ana = await app.SignUpAsync("ana");
        using var owner = new ApiClient(app);
        await owner.SignInAsync("ana");
        await app.SignUpAsync("ben");
        using var stranger = new ApiClient(app);
        await stranger.SignInAsync("ben");
        var image = await ana.WaitUntilReadyAsync((await ana.UploadAsync(Photo(), Visibility.Public)).Value().ImageId);
        var (page, api) = ($"/i/{image.Slug}", $"images/{image.Id}");

        var own = await ana.Http.GetStringAsync(page, Ct);
        var before = await app.Anonymous.GetStringAsync(page, Ct);
        Assert.Null((await stranger.GetAsync(api))["camera"]);
        var all = (await owner.GetAsync(api)).Json.GetProperty("camera");
        var patched = await owner.SendAsync(
            HttpMethod.Patch,
            api,
            new
            {
                camera_shown = new
                {
                    camera = true,
                    exposure = false,
                    taken_at = true,
                    place = false,
                },
            }
        );
        var after = await app.Anonymous.GetStringAsync(page, Ct);
        var shown = (await stranger.GetAsync(api)).Json.GetProperty("camera");

        foreach (var fact in (string[])["FUJIFILM X-T5", "XF35mmF1.4 R", "1/250 s", "f/2.8", "ISO 400", "35 mm", "48.2, 16.37"])
        {
            Assert.Contains(fact, own, StringComparison.Ordinal);
            Assert.DoesNotContain(fact, before, StringComparison.Ordinal);
        }

        Assert.Equal(
            ("2023-07-14T12:05:06.000Z", 120, 400),
            (all.GetProperty("taken_at").GetString(), all.GetProperty("offset_minutes").GetInt32(), all.GetProperty("iso").GetInt32())
        );
        Assert.Equal(HttpStatusCode.OK, patched.Status);
        Assert.Contains("FUJIFILM X-T5", after, StringComparison.Ordinal);
        Assert.DoesNotContain("ISO 400", after, StringComparison.Ordinal);
        Assert.DoesNotContain("48.2", after, StringComparison.Ordinal);
        Assert.Equal("X-T5", shown.GetProperty("model").GetString());
        Assert.Equal(System.Text.Json.JsonValueKind.Null, shown.GetProperty("latitude").ValueKind);
        Assert.DoesNotContain("SERIAL-4711", own, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Originals_that_came_before_are_read_in_the_background_once()
    {
        await using var app = await GoImgApp.StartAsync(GoImgApp.NoJobs);
        var ana = await app.SignUpAsync("ana");
        var id = (await ana.UploadAsync(Photo())).Value().ImageId;
        await app.RunAsync(new PrepareImageJob(id));
        await app.ExecuteSqlAsync(
            "UPDATE images SET facts_version = 0, crc32 = NULL, camera_make = NULL, camera_model = NULL, lens = NULL, taken_at = NULL, camera_details = NULL"
        );
        var before = (await app.FindImageAsync(id))!;

        Assert.Equal(1, await app.RefreshAllAsync());
        Assert.Equal(0, await app.RefreshAllAsync());

        var image = (await app.FindImageAsync(id))!;
        Assert.Equal(("FUJIFILM X-T5", 400), (image.Camera.Name, image.Camera.Details.Iso));
        Assert.Equal(new DateTimeOffset(2023, 7, 14, 12, 5, 6, TimeSpan.Zero), image.TakenAt);
        Assert.Equal(Crc32.HashToUInt32(Photo()), image.Crc32);
        Assert.Equal(before.RenditionSet, image.RenditionSet);
    }

    private static byte[] Photo()
    {
        var jpeg = Samples.Jpeg();
        var segment = new List<byte>();
        JpegSample.Segment(segment, 0xE1, [.. "Exif\0\0"u8, .. ExifSample.Full]);
        return [.. jpeg[..2], .. segment, .. jpeg[2..]];
    }
}
