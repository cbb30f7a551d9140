using GoImg.Core.Images;
using GoImg.Core.Rendering;
using GoImg.Tests.Harness;
using GoImg.Tests.Rendering;

namespace GoImg.Tests.Images;

public sealed class FullSizeTests(SharedApp shared) : IClassFixture<SharedApp>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(6000, 4000, 6000, 4000)]
    [InlineData(12_000, 8000, 8660, 5774)]
    [InlineData(16_384, 100, 16_383, 100)]
    public void It_has_the_originals_pixels_up_to_the_limit(int width, int height, int wantedWidth, int wantedHeight) =>
        Assert.Equal((wantedWidth, wantedHeight), new FullSize(50).SizeOf(width, height));

    [Theory]
    [InlineData(50, 2560, 1000, 1, false)]
    [InlineData(50, 2561, 1000, 1, true)]
    [InlineData(50, 6000, 4000, 10, false)]
    [InlineData(0, 6000, 4000, 1, false)]
    public void It_is_offered_where_it_shows_more_than_the_largest_rendition(int megapixels, int width, int height, int frames, bool isMore) =>
        Assert.Equal(isMore, new FullSize(megapixels).IsMoreThan(RenditionSet.Default.XLarge, width, height, frames));

    [Fact]
    public async Task It_is_made_by_a_job_when_it_is_asked_for_and_is_the_owners_until_downloads_are_allowed()
    {
        var app = shared.App;
        var ana = await shared.SignUpAsync("ana");
        var file = Samples.Jpeg(3000, 1000, withMetadata: true);
        var image = await ana.WaitUntilReadyAsync((await ana.UploadAsync(file, Visibility.Public)).Value().ImageId);
        var address = $"/i/{image.Slug}/full";

        using var refused = await app.Anonymous.GetAsync(address, Ct);
        using var first = await ana.GetAsync(address);
        byte[] made = [];
        await Eventually.TrueAsync(async () =>
        {
            using var answer = await ana.GetAsync(address);
            made = answer.StatusCode == HttpStatusCode.OK ? await answer.Content.ReadAsByteArrayAsync(Ct) : [];
            return made.Length > 0;
        });
        using var stillRefused = await app.Anonymous.GetAsync(address, Ct);
        await app.ExecuteSqlAsync($"UPDATE images SET allows_download = true WHERE id = '{image.Id}'");
        using var allowed = await app.Anonymous.GetAsync(address, Ct);

        Assert.Equal((HttpStatusCode.NotFound, HttpStatusCode.Accepted), (refused.StatusCode, first.StatusCode));
        Assert.NotNull(first.Headers.RetryAfter);
        Assert.Equal((HttpStatusCode.NotFound, HttpStatusCode.OK), (stillRefused.StatusCode, allowed.StatusCode));
        Assert.True(allowed.Headers.CacheControl is { NoStore: true, Private: true });
        Assert.Equal(
            (ImageFormat.WebP, 3000, 1000),
            Inspection.Of(made).Value() is var header ? (header.Format, header.WidthPx, header.HeightPx) : default
        );
        Assert.Equal(-1, made.AsSpan().IndexOf("EXIF"u8));
        Assert.Equal(made, await allowed.Content.ReadAsByteArrayAsync(Ct));
        Assert.Contains((await app.FindImageAsync(image.Id))!.Renditions, stored => stored.File == FullSize.File);
    }
}
