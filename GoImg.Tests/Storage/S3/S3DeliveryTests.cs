using System.Net.Http.Headers;
using GoImg.Core.Images;
using GoImg.Core.Shared;
using GoImg.Infrastructure.Storage.S3;
using GoImg.Tests.Harness;
using Microsoft.Extensions.DependencyInjection;

namespace GoImg.Tests.Storage.S3;

/// <summary>How pictures come from a bucket to browsers.</summary>
public sealed class S3DeliveryTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_rendition_is_read_from_the_bucket_once_and_then_comes_from_the_nodes_disk_also_when_the_server_is_away()
    {
        await using var server = await FakeS3.StartAsync();
        // Read now: the address goes with the server.
        var settings = server.Settings;
        await using var app = await GoImgApp.StartAsync(settings);
        var ana = await app.SignUpAsync("ana");
        var (seen, unseen) = (await ana.HasImageAsync(Visibility.Public), await ana.HasImageAsync(Visibility.Public, seed: 2));
        var key = ImageObjectKeys.Rendition(seen.Id, seen.RenditionSet, "thumbnail.webp").Value;
        server.Requests.Clear();

        using var first = await GetAsync(app.Anonymous, seen, "image/webp");
        using var second = await GetAsync(app.Anonymous, seen, "image/webp");

        Assert.Equal(server.Objects[key].Bytes, await first.Content.ReadAsByteArrayAsync(Ct));
        Assert.Equal(server.Objects[key].Bytes, await second.Content.ReadAsByteArrayAsync(Ct));
        Assert.Equal(1, server.Requests.Count(r => r == $"GET {key}"));

        await server.DisposeAsync();
        await using var restarted = await app.BesideAsync([.. settings, GoImgApp.NoJobs]);
        using var cached = await GetAsync(restarted.Anonymous, seen, "image/webp");
        using var uncached = await GetAsync(restarted.Anonymous, unseen, "image/webp");
        Assert.Equal(server.Objects[key].Bytes, await cached.Content.ReadAsByteArrayAsync(Ct));
        Assert.Equal((HttpStatusCode.ServiceUnavailable, true), (uncached.StatusCode, uncached.Headers.CacheControl?.NoStore));
    }

    [Fact]
    public async Task A_deleted_images_files_leave_the_disk_of_the_node_that_deleted_it_at_once_and_of_others_by_their_sweep()
    {
        await using var server = await FakeS3.StartAsync();
        await using var app = await GoImgApp.StartAsync(server.Settings);
        await using var other = await app.BesideAsync([.. server.Settings, GoImgApp.NoJobs, $"Storage:S3:LocalPath={app.DataPath}/other"]);
        var ana = await app.SignUpAsync("ana");
        var (gone, kept) = (await ana.HasImageAsync(Visibility.Public), await ana.HasImageAsync(Visibility.Public, seed: 2));
        foreach (var node in new[] { app, other })
        foreach (var image in new[] { gone, kept })
            (await GetAsync(node.Anonymous, image, "image/webp")).Dispose();
        Assert.Equal((2, 2), (Cached(app).Count, Cached(other).Count));

        await app.InScopeAsync<Trash, Result>(s => s.MoveAsync(ana.Actor, gone.Id, Ct));
        await app.InScopeAsync<DeletePermanently, Result>(s => s.OneAsync(ana.Actor, gone.Id, Ct));
        await other.Services.GetRequiredService<DiskCacheSweep>().SweepAsync(Ct);

        var left = ImageObjectKeys.Rendition(kept.Id, kept.RenditionSet, "thumbnail.webp");
        Assert.Equal([left], Cached(app));
        Assert.Equal([left], Cached(other));
        Assert.Single(Directory.GetFiles(Path.Combine(app.DataPath, "other", "cache")));
    }

    [Fact]
    public async Task By_redirect_browsers_get_what_everyone_may_see_from_the_server_and_nothing_else()
    {
        await using var server = await FakeS3.StartAsync();
        await using var app = await GoImgApp.StartAsync([.. server.Settings, "Storage:S3:Delivery=redirect"]);
        var ana = await app.SignUpAsync("ana");
        var (open, secret) = (await ana.HasImageAsync(Visibility.Public), await ana.HasImageAsync(Visibility.Private, seed: 2));

        using var sent = await GetAsync(app.Anonymous, open, "image/webp");
        using var variant = await app.Anonymous.GetAsync($"/api/v1/images/{open.Id}/variants/thumbnail", Ct);
        using var page = await app.Anonymous.GetAsync($"/i/{open.Slug}", Ct);
        using var own = await GetAsync(ana.Http, secret, "image/webp");
        using var strangers = await GetAsync(app.Anonymous, secret, "image/webp");

        Assert.Equal((HttpStatusCode.Redirect, true), (sent.StatusCode, sent.Headers.CacheControl?.Private));
        Assert.InRange(sent.Headers.CacheControl!.MaxAge!.Value, TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(4));
        using var browser = new HttpClient();
        using var picture = await browser.GetAsync(sent.Headers.Location, Ct);
        Assert.Equal((HttpStatusCode.OK, "image/webp"), (picture.StatusCode, picture.Content.Headers.ContentType?.MediaType));
        Assert.InRange(picture.Headers.CacheControl!.MaxAge!.Value, TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(5));
        Assert.Contains(
            $"img-src 'self' data: blob: {server.Address.GetLeftPart(UriPartial.Authority)};",
            page.Headers.GetValues("Content-Security-Policy").Single(),
            StringComparison.Ordinal
        );
        Assert.Equal(HttpStatusCode.Redirect, variant.StatusCode);
        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.NotFound), (own.StatusCode, strangers.StatusCode));
    }

    [Fact]
    public async Task By_redirect_a_JPEG_comes_from_here_until_it_is_made_and_nothing_goes_on_when_the_image_is_private_again()
    {
        await using var server = await FakeS3.StartAsync();
        await using var app = await GoImgApp.StartAsync([.. server.Settings, "Storage:S3:Delivery=redirect"]);
        var ana = await app.SignUpAsync("ana");
        var image = await ana.HasImageAsync(Visibility.Public);

        using var made = await GetAsync(app.Anonymous, image, "image/jpeg");
        using var sent = await GetAsync(app.Anonymous, image, "image/jpeg");
        using var asked = await app.Anonymous.SendAsync(new HttpRequestMessage(HttpMethod.Head, $"/i/{image.Slug}/thumb"), Ct);
        await app.ExecuteSqlAsync($"UPDATE images SET visibility = 'Private' WHERE id = '{image.Id}'");
        using var closed = await GetAsync(app.Anonymous, image, "image/jpeg");

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.Redirect), (made.StatusCode, sent.StatusCode));
        Assert.Contains("thumbnail.jpg?", sent.Headers.Location!.AbsoluteUri, StringComparison.Ordinal);
        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.NotFound), (asked.StatusCode, closed.StatusCode));
    }

    [Fact]
    public async Task From_a_directory_nothing_is_redirected()
    {
        await using var app = await GoImgApp.StartAsync("Storage:S3:Delivery=redirect");
        var ana = await app.SignUpAsync("ana");
        var image = await ana.HasImageAsync(Visibility.Public);

        using var shown = await GetAsync(app.Anonymous, image, "image/webp");

        Assert.Equal(HttpStatusCode.OK, shown.StatusCode);
    }

    private static IReadOnlyList<Core.Storage.ObjectKey> Cached(GoImgApp node) => node.Services.GetRequiredService<DiskCache>().Keys();

    private static async Task<HttpResponseMessage> GetAsync(HttpClient client, Image image, string accept)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/i/{image.Slug}/thumb");
        request.Headers.Accept.Add(MediaTypeWithQualityHeaderValue.Parse(accept));
        return await client.SendAsync(request, Ct);
    }
}
