using GoImg.Core.Albums;
using GoImg.Core.Images;
using GoImg.Core.Storage;
using GoImg.Tests.Archives;
using GoImg.Tests.Harness;
using GoImg.Tests.Rendering;

namespace GoImg.Tests.Albums;

public sealed class AlbumDownloadTests(SharedApp shared) : IClassFixture<SharedApp>
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Its_owner_gets_the_originals_in_the_album_s_order_each_under_a_name_of_its_own()
    {
        var ana = await shared.SignUpAsync("ana");
        byte[][] files = [Samples.Jpeg(90, 60, orientation: 6, withMetadata: true), Samples.Png(40, 30), Samples.Jpeg(30, 20)];
        var images = new List<Image>();
        foreach (var file in files)
            images.Add(await ana.WaitUntilReadyAsync((await ana.UploadAsync(file, Visibility.Private)).Value().ImageId));
        var album = await AlbumAsync(ana, Visibility.Private, [images[2].Id, images[0].Id, images[1].Id]);

        using var answer = await ana.GetAsync($"/a/{album.Slug}/download");
        var zip = ZipWriterTests.ReadFromItsBeginning(await answer.Content.ReadAsByteArrayAsync(Token));

        Assert.Equal(("application/zip", "private, no-store"), (answer.Content.Headers.ContentType?.MediaType, Cached(answer)));
        Assert.Equal("Sea - sky.zip", answer.Content.Headers.ContentDisposition?.FileNameStar);
        Assert.Equal(3, zip.Select(file => file.Name).Distinct(StringComparer.OrdinalIgnoreCase).Count());
        Assert.Equal([".jpg", ".jpg", ".png"], zip.Select(file => Path.GetExtension(file.Name)));
        Assert.Equal([files[2], files[0], files[1]], zip.Select(file => file.Content));
    }

    [Fact]
    public async Task Long_names_that_are_cut_to_the_same_get_numbers()
    {
        var ana = await shared.SignUpAsync("ana");
        var images = new[] { await ana.HasImageAsync(seed: 81), await ana.HasImageAsync(seed: 82), await ana.HasImageAsync(seed: 83) };
        await shared.App.ExecuteSqlAsync($"UPDATE images SET file_name = repeat('x', 200) || '.png' WHERE owner_id = '{ana.Id}'");
        var album = await AlbumAsync(ana, Visibility.Private, [.. images.Select(image => image.Id)]);

        using var answer = await ana.GetAsync($"/a/{album.Slug}/download");
        var names = ZipWriterTests.ReadFromItsBeginning(await answer.Content.ReadAsByteArrayAsync(Token)).Select(file => file.Name).ToList();

        Assert.EndsWith("xx.png", names[0], StringComparison.Ordinal);
        Assert.Equal(
            [
                names[0],
                names[0].Replace(".png", " (2).png", StringComparison.Ordinal),
                names[0].Replace(".png", " (3).png", StringComparison.Ordinal),
            ],
            names
        );
    }

    [Fact]
    public async Task Others_wait_for_clean_copies_of_what_its_owner_lets_them_have_and_get_nothing_else()
    {
        var app = shared.App;
        var ana = await shared.SignUpAsync("ana");
        var allowed = await ana.WaitUntilReadyAsync(
            (await ana.UploadAsync(Samples.Jpeg(90, 60, withMetadata: true), Visibility.Public)).Value().ImageId
        );
        var kept = await ana.HasImageAsync(Visibility.Public, 71);
        var secret = await ana.HasImageAsync(Visibility.Private, 72);
        await app.ExecuteSqlAsync($"UPDATE images SET allows_download = true, title = 'A/B' WHERE id IN ('{allowed.Id}', '{secret.Id}')");
        var album = await AlbumAsync(ana, Visibility.Public, [secret.Id, kept.Id, allowed.Id]);

        using var first = await app.Anonymous.GetAsync($"/a/{album.Slug}/download", Token);
        using var waiting = await app.Anonymous.GetAsync($"/a/{album.Slug}/downloading", Token);
        using var answer = await Eventually.GetAsync(
            () => app.Anonymous.GetAsync($"/a/{album.Slug}/download", Token),
            answer => answer.StatusCode == HttpStatusCode.OK,
            TimeSpan.FromMinutes(1)
        );
        var file = Assert.Single(ZipWriterTests.ReadFromItsBeginning(await answer.Content.ReadAsByteArrayAsync(Token)));

        Assert.Equal((HttpStatusCode.Redirect, $"/a/{album.Slug}/downloading"), (first.StatusCode, first.Headers.Location?.ToString()));
        Assert.Equal(HttpStatusCode.OK, waiting.StatusCode);
        Assert.Equal("A-B.jpg", file.Name);
        Assert.Empty(MetadataScan.Find(file.Content));
        Assert.Equal((90, 60), Inspection.Of(file.Content).Value() is var header ? (header.WidthPx, header.HeightPx) : default);
    }

    [Fact]
    public async Task What_is_ready_can_be_had_at_once_and_the_rest_is_named()
    {
        var app = shared.App;
        var ana = await shared.SignUpAsync("ana");
        var lost = await ana.HasImageAsync(Visibility.Public, 73);
        await app.ExecuteSqlAsync($"UPDATE images SET allows_download = true, title = 'Lost' WHERE id = '{lost.Id}'");
        var album = await AlbumAsync(ana, Visibility.Public, [lost.Id]);
        await app.InScopeAsync<IObjectStore, bool>(async store =>
        {
            await store.DeleteAsync(ImageObjectKeys.Original(lost.Id), Token);
            return true;
        });

        using var answer = await app.Anonymous.GetAsync($"/a/{album.Slug}/download?now=1", Token);
        var file = Assert.Single(ZipWriterTests.ReadFromItsBeginning(await answer.Content.ReadAsByteArrayAsync(Token)));

        Assert.Equal("NOT-IN-HERE.txt", file.Name);
        Assert.StartsWith("Lost.png: ", System.Text.Encoding.UTF8.GetString(file.Content), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Where_nothing_may_be_downloaded_that_is_said_and_a_private_album_is_not_there()
    {
        var app = shared.App;
        var ana = await shared.SignUpAsync("ana");
        var image = await ana.HasImageAsync(Visibility.Public, 74);
        var open = await AlbumAsync(ana, Visibility.Public, [image.Id]);
        var closed = await AlbumAsync(ana, Visibility.Private, [image.Id]);

        using var none = await app.Anonymous.GetAsync($"/a/{open.Slug}/download", Token);
        using var hidden = await app.Anonymous.GetAsync($"/a/{closed.Slug}/download", Token);
        using var page = await app.Anonymous.GetAsync($"/a/{closed.Slug}/downloading", Token);

        Assert.Equal((HttpStatusCode.Redirect, $"/a/{open.Slug}"), (none.StatusCode, none.Headers.Location?.ToString()));
        Assert.Equal((HttpStatusCode.NotFound, HttpStatusCode.NotFound), (hidden.StatusCode, page.StatusCode));
    }

    private static string Cached(HttpResponseMessage answer) =>
        string.Join(", ", answer.Headers.CacheControl!.ToString().Split(", ").OrderByDescending(part => part, StringComparer.Ordinal));

    private static Task<Album> AlbumAsync(MemberClient owner, Visibility visibility, ImageId[] images) =>
        owner.App.InScopeAsync<AlbumService, Album>(async albums =>
        {
            var details = AlbumDetails.Create("Sea / sky", "", visibility, AlbumOrder.Manual).Value;
            var album = (await albums.CreateAsync(owner.Actor, details, Token)).Value();
            foreach (var image in images)
                Assert.True((await albums.AddImagesAsync(owner.Actor, album.Id, [image], Token)).IsSuccess);
            return album;
        });
}
