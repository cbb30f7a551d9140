using System.Net.Http.Headers;
using System.Text.Json;
using GoImg.Core.Images;
using GoImg.Core.Rendering;
using GoImg.Tests.Harness;
using GoImg.Tests.Integrity;

namespace GoImg.Tests.Rendering;

/// <summary>A JPEG is made of our own WebP when the first client asks that takes no other. When that goes wrong, it costs this one answer.</summary>
public sealed class JpegFallbackTests
{
    private const string Begin = "head -c 40 >/dev/null; ";

    private static readonly (string Name, string Script, byte[] Answer, string Why)[] Failures =
    [
        ("crash", Begin + "kill -SEGV $$", [], "the renderer stopped"),
        ("hang", Begin + "exec sleep 60", [], "it took more time than it may"),
        ("too much processor time", Begin + "kill -XCPU $$", [], "it took more processor time than it may"),
        ("half a file", "take; answer | head -c 400", FakeWorker.Answer(Samples.Jpeg(300, 200)), "the renderer stopped"),
        ("a refusal", "take; answer; cat >/dev/null", ErrorResult(), "the renderer gave nothing that could be used"),
        ("garbage", Begin + "head -c 100000 /dev/zero | tr '\\0' '\\377'; cat >/dev/null", [], "the renderer gave nothing that could be used"),
        (
            "a JPEG with more than a picture",
            "take; answer; cat >/dev/null",
            FakeWorker.Answer(Samples.Jpeg(300, 200, withMetadata: true)),
            "the renderer gave nothing that could be used"
        ),
    ];

    [Fact]
    public async Task A_JPEG_that_can_not_be_made_is_answered_with_its_reason_leaves_nothing_and_is_made_at_the_next_demand()
    {
        using var worker = new FakeWorker(". $dir/script");
        worker.Cure();
        await using var app = await GoImgApp.StartAsync([
            .. worker.Options.WorkerCommand.Select((part, i) => $"Rendering:WorkerCommand:{i}={part}"),
            "Rendering:ImagesPerWorker=1",
            "Rendering:TimeLimitSeconds=2",
            "Rendering:MaxWorkers=1",
        ]);
        var ana = await app.SignUpAsync("ana");
        var image = await ana.HasImageAsync(widthPx: 300, heightPx: 200);
        // what was warm from the start is used up with this; the next process is a new one
        await (await AskAsync(app, image, "thumb")).Content.LoadIntoBufferAsync(TestContext.Current.CancellationToken);
        var before = await app.ObjectsAsync();

        foreach (var (name, script, answer, why) in Failures)
        {
            worker.Write("script", System.Text.Encoding.UTF8.GetBytes(script));
            worker.Write("answer", answer);
            worker.Relapse();
            using var failed = await AskAsync(app, image, "large");
            using var asWebP = await AskAsync(app, image, "large", "image/webp");
            worker.Cure();

            var told = JsonDocument.Parse(await failed.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).RootElement;
            Assert.Equal(
                (name, HttpStatusCode.ServiceUnavailable, "image.no_jpeg", new ImageErrors.NoJpeg(why).Message),
                (name, failed.StatusCode, told.GetProperty("code").GetString(), told.GetProperty("detail").GetString())
            );
            Assert.NotNull(failed.Headers.RetryAfter);
            Assert.True(failed.Headers.CacheControl is { NoStore: true, Private: true });
            Assert.Equal(HttpStatusCode.OK, asWebP.StatusCode);
            Assert.Equal(before, await app.ObjectsAsync());
            Assert.Empty(app.StagedFiles());
        }

        using var made = await AskAsync(app, image, "large");
        var bytes = await made.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken);
        Assert.Equal(
            (HttpStatusCode.OK, "image/jpeg", ImageFormat.Jpeg, (300, 200)),
            (
                made.StatusCode,
                made.Content.Headers.ContentType?.MediaType,
                Inspection.Of(bytes).Value().Format,
                Inspection.Of(bytes).Value().UprightSize
            )
        );
        Assert.Equal(before.Count + 1, (await app.ObjectsAsync()).Count);
    }

    [Fact]
    public async Task A_damaged_WebP_is_not_copied_but_made_again_first()
    {
        await using var app = await GoImgApp.StartAsync(GoImgApp.NoJobs);
        var ana = await app.SignUpAsync("ana");
        var image = await app.ReadyImageAsync(ana, 1, Visibility.Public);
        // as long as before, and still a picture
        app.Damage(
            ImageObjectKeys.Rendition(image.Id, image.RenditionSet, "thumbnail.webp").Value,
            bytes => [.. bytes[..(bytes.Length / 2)], (byte)(bytes[bytes.Length / 2] ^ 1), .. bytes[(bytes.Length / 2 + 1)..]]
        );

        using var refused = await AskAsync(app, image, "large");
        await app.RefreshAllAsync();
        using var mended = await AskAsync(app, image, "large");

        Assert.Equal((HttpStatusCode.ServiceUnavailable, HttpStatusCode.OK), (refused.StatusCode, mended.StatusCode));
        Assert.Empty(await app.VerifyAsync(isDeep: true, TimeSpan.Zero));
    }

    private static async Task<HttpResponseMessage> AskAsync(GoImgApp app, Image image, string size, string accept = "image/jpeg")
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/api/v1/images/{image.Id.Value}/variants/{size}");
        request.Headers.Accept.Add(MediaTypeWithQualityHeaderValue.Parse(accept));
        return await app.Anonymous.SendAsync(request, TestContext.Current.CancellationToken);
    }

    private static byte[] ErrorResult()
    {
        using var output = new MemoryStream();
        Infrastructure.Rendering.Protocol.RenderResponse.Failed(Infrastructure.Rendering.Protocol.RenderStatus.NotDecodable, "no").Write(output);
        return output.ToArray();
    }
}
