using System.IO.Compression;
using System.Security.Cryptography;
using System.Text.Json;
using GoImg.Core.Accounts;
using GoImg.Core.Albums;
using GoImg.Core.Images;
using GoImg.Core.Moderation;
using GoImg.Core.Rendering;
using GoImg.Core.Shared;
using GoImg.Core.Social;
using GoImg.Core.Storage;
using GoImg.Infrastructure.Database;
using GoImg.Tests.Accounts;
using GoImg.Tests.Archives;
using GoImg.Tests.Harness;
using GoImg.Tests.Moderation;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace GoImg.Tests.Export;

public sealed class ExportTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_original_comes_out_byte_for_byte_and_the_manifest_knows_its_hash()
    {
        await using var app = await GoImgApp.StartAsync();
        var ana = await app.SignUpAsync("ana");
        var files = new Dictionary<string, byte[]>();
        foreach (var size in new[] { 1, 1000, 300_000 })
        {
            var bytes = RandomNumberGenerator.GetBytes(size);
            files[await StoreAsync(app, ana, bytes)] = bytes;
        }

        var zip = await DownloadAsync(ana);

        foreach (var (slug, bytes) in files)
            Assert.Equal(bytes, await ReadAsync(zip, $"originals/{slug}.png"));
        var manifest = await JsonAsync(zip, "manifest.json");
        Assert.Equal("manifest.json", zip.Entries[^1].FullName);
        Assert.Equal(zip.Entries.Count - 1, manifest.GetProperty("files").GetArrayLength());
        foreach (var file in manifest.GetProperty("files").EnumerateArray())
        {
            var bytes = await ReadAsync(zip, file.GetProperty("name").GetString()!);
            Assert.Equal(bytes.Length, file.GetProperty("size_bytes").GetInt64());
            Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(bytes)), file.GetProperty("sha256").GetString());
        }

        Assert.Equal(3, manifest.GetProperty("originals").GetInt32());
        Assert.Equal(3, manifest.GetProperty("counts").GetProperty("images").GetInt32());
    }

    [Fact]
    public async Task What_was_written_is_in_it_and_nothing_of_others()
    {
        await using var app = await GoImgApp.StartAsync();
        var (ana, ben) = (await app.SignUpAsync("ana"), await app.SignUpAsync("ben"));
        var slug = await StoreAsync(app, ana, [1], "Ærø 🐚");
        await StoreAsync(app, ben, [2], "Ben's secret");
        var image = await app.InScopeAsync<IImages, Image>(async images => (await images.FindBySlugAsync(slug, Token))!);
        await app.InScopeAsync<LikeService, Result<LikeState>>(likes => likes.LikeAsync(ana.Actor, image.Id, Token));
        await app.InScopeAsync<CommentService, Result<CommentId>>(comments => comments.AddAsync(ana.Actor, image.Id, "My own shell.", Token));
        var album = (
            await app.InScopeAsync<AlbumService, Result<Album>>(albums =>
                albums.CreateAsync(ana.Actor, AlbumDetails.Create("Shells", "", Visibility.Private, AlbumOrder.Manual).Value(), Token)
            )
        ).Value();
        await app.InScopeAsync<AlbumService, Result>(albums => albums.AddImagesAsync(ana.Actor, album.Id, [image.Id], Token));

        var reported = ModerationSubject.Of(ben.Id);
        (
            await app.InScopeAsync<FileReport, Result<Report>>(reports =>
                reports.FileAsync(ana.Actor, reported, ReportReason.Other, "Is rude to me.", Token)
            )
        ).Value();

        var token = await ana.MakeTokenAsync(TokenScope.Upload);

        var zip = await DownloadAsync(ana);

        var written = Assert.Single((await JsonAsync(zip, "data/access_tokens.json")).EnumerateArray());
        Assert.Equal((token.Id, "A script"), (written.GetProperty("id").GetGuid(), written.GetProperty("name").GetString()));
        Assert.Equal("upload", Assert.Single(written.GetProperty("scopes").EnumerateArray()).GetString());
        Assert.Equal(["id", "name", "scopes", "created_at", "expires_at", "last_used_at"], written.EnumerateObject().Select(p => p.Name));
        var report = Assert.Single((await JsonAsync(zip, "data/reports.json")).EnumerateArray());
        Assert.Equal(
            ("member", ben.Id.ToString(), "Is rude to me."),
            (report.GetProperty("kind").GetString(), report.GetProperty("about").GetString(), report.GetProperty("description").GetString())
        );
        var exported = Assert.Single((await JsonAsync(zip, "data/images.json")).EnumerateArray());
        Assert.Equal("Ærø 🐚", exported.GetProperty("title").GetString());
        Assert.Equal("private", exported.GetProperty("visibility").GetString());
        Assert.Equal(slug, Assert.Single((await JsonAsync(zip, "data/albums.json")).EnumerateArray()).GetProperty("images")[0].GetString());
        Assert.Equal("My own shell.", Assert.Single((await JsonAsync(zip, "data/comments.json")).EnumerateArray()).GetProperty("text").GetString());
        Assert.Equal(slug, Assert.Single((await JsonAsync(zip, "data/likes.json")).EnumerateArray()).GetProperty("image").GetString());
        Assert.Equal("ana", (await JsonAsync(zip, "data/profile.json")).GetProperty("username").GetString());
        Assert.Equal(ana.Email, (await JsonAsync(zip, "data/settings.json")).GetProperty("email").GetString());
        Assert.Contains("Ærø", System.Text.Encoding.UTF8.GetString(await ReadAsync(zip, "data/images.json")), StringComparison.Ordinal);
        foreach (var entry in zip.Entries)
            Assert.DoesNotContain("secret", System.Text.Encoding.UTF8.GetString(await ReadAsync(zip, entry.FullName)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_lost_original_is_named_in_the_manifest_and_a_quarantined_one_is_kept_back()
    {
        await using var app = await GoImgApp.StartAsync();
        var ana = await app.SignUpAsync("ana");
        var (lost, infected, broken, kept) = (
            await StoreAsync(app, ana, [1]),
            await StoreAsync(app, ana, [2]),
            await StoreAsync(app, ana, [3]),
            await StoreAsync(app, ana, [4])
        );
        await using (var scope = app.Services.CreateAsyncScope())
        {
            var db = scope.ServiceProvider.GetRequiredService<GoImgDbContext>();
            var store = scope.ServiceProvider.GetRequiredService<IObjectStore>();
            await store.DeleteAsync(ImageObjectKeys.Original((await db.Images.SingleAsync(i => i.Slug == lost, Token)).Id), Token);
            await store.PutAsync(
                ImageObjectKeys.Original((await db.Images.SingleAsync(i => i.Slug == broken, Token)).Id),
                new MemoryStream([9, 9]),
                Token
            );
            await db.Images.Where(i => i.Slug == infected).ExecuteUpdateAsync(set => set.SetProperty(i => i.State, ImageState.Quarantined), Token);
        }

        var zip = await DownloadAsync(ana);

        var manifest = await JsonAsync(zip, "manifest.json");
        Assert.Equal(lost, Assert.Single(manifest.GetProperty("missing").EnumerateArray()).GetProperty("image").GetString());
        Assert.Equal(infected, Assert.Single(manifest.GetProperty("excluded").EnumerateArray()).GetProperty("image").GetString());
        Assert.Equal(broken, Assert.Single(manifest.GetProperty("damaged").EnumerateArray()).GetProperty("image").GetString());
        Assert.Equal(
            new[] { $"originals/{broken}.png", $"originals/{kept}.png" }.Order(StringComparer.Ordinal),
            zip.Entries.Select(e => e.FullName).Where(n => n.StartsWith("originals/", StringComparison.Ordinal)).Order(StringComparer.Ordinal)
        );
    }

    [Fact]
    public async Task An_export_is_its_owners_alone()
    {
        await using var app = await GoImgApp.StartAsync();
        var (ana, ben) = (await app.SignUpAsync("ana"), await app.SignUpAsync("ben"));
        var address = await RequestAsync(ana);

        using var asBen = await ben.GetAsync(address);
        using var asVisitor = await app.Anonymous.GetAsync(address, Token);

        Assert.Equal(HttpStatusCode.NotFound, asBen.StatusCode);
        Assert.NotEqual("application/zip", asVisitor.Content.Headers.ContentType?.MediaType);
    }

    [Fact]
    public async Task There_are_two_a_day_and_a_download_can_be_repeated()
    {
        await using var app = await GoImgApp.StartAsync("Limits:ExportsPerDay=2");
        var ana = await app.SignUpAsync("ana");
        var first = await RequestAsync(ana);
        await RequestAsync(ana);

        using var third = await ana.Http.PostFormAsync("/account/export", "export", []);
        using var again = await ana.GetAsync(first);

        Assert.Equal(HttpStatusCode.TooManyRequests, third.StatusCode);
        Assert.Contains("2 exports a day", await third.Content.ReadAsStringAsync(Token), StringComparison.Ordinal);
        Assert.Equal("application/zip", again.Content.Headers.ContentType?.MediaType);
    }

    [Fact]
    public async Task The_API_says_when_the_next_one_is_possible()
    {
        await using var app = await GoImgApp.StartAsync("Limits:ExportsPerDay=1");
        await app.SignUpAsync("ana");
        using var api = new ApiClient(app);
        await api.SignInAsync("ana");
        await api.SendAsync(HttpMethod.Post, "export");

        var refused = await api.SendAsync(HttpMethod.Post, "export");

        Assert.Equal((HttpStatusCode.TooManyRequests, "export.too_many"), (refused.Status, refused["code"]));
        Assert.InRange(refused.Headers.RetryAfter!.Delta!.Value, TimeSpan.FromHours(23), TimeSpan.FromHours(24));
    }

    [Fact]
    public async Task Requests_at_the_same_moment_never_exceed_the_limit()
    {
        await using var app = await GoImgApp.StartAsync("Limits:ExportsPerDay=2");
        var ana = await app.SignUpAsync("ana");

        var answers = await Task.WhenAll(
            Enumerable
                .Range(0, 8)
                .Select(_ =>
                    app.InScopeAsync<GoImg.Core.Export.ExportAccount, Result<GoImg.Core.Export.AccountExport>>(e => e.RequestAsync(ana.Actor, Token))
                )
        );

        Assert.Equal(2, answers.Count(a => a.IsSuccess));
    }

    internal static async Task<string> RequestAsync(MemberClient member)
    {
        using var answer = await member.Http.PostFormAsync("/account/export", "export", []);
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        return answer.Headers.Location!.ToString();
    }

    private static async Task<ZipArchive> DownloadAsync(MemberClient member)
    {
        using var answer = await member.GetAsync(await RequestAsync(member));
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal(
            "private, no-store",
            answer.Headers.CacheControl!.ToString().Replace("no-store, private", "private, no-store", StringComparison.Ordinal)
        );
        Assert.StartsWith("attachment; filename=goimg-", answer.Content.Headers.ContentDisposition!.ToString(), StringComparison.Ordinal);
        var zip = await answer.Content.ReadAsByteArrayAsync(Token);
        var archive = new ZipArchive(new MemoryStream(zip), ZipArchiveMode.Read);
        // For readers that take it as it comes: java.util.zip, and some tools on a Mac.
        Assert.Equal(archive.Entries.Select(entry => entry.FullName), ZipWriterTests.ReadFromItsBeginning(zip).Select(file => file.Name));
        return archive;
    }

    private static async Task<byte[]> ReadAsync(ZipArchive zip, string name)
    {
        await using var content = await zip.GetEntry(name)!.OpenAsync(Token);
        using var copy = new MemoryStream();
        await content.CopyToAsync(copy, Token);
        return copy.ToArray();
    }

    private static async Task<JsonElement> JsonAsync(ZipArchive zip, string name) => JsonDocument.Parse(await ReadAsync(zip, name)).RootElement;

    /// <summary>An image whose original is <paramref name="bytes"/>; never rendered, as only the original matters here. Returns its slug.</summary>
    internal static async Task<string> StoreAsync(GoImgApp app, MemberClient owner, byte[] bytes, string title = "")
    {
        await using var scope = app.Services.CreateAsyncScope();
        var details = ImageDetails.Create(title, "", "", [], Visibility.Private, ContentRating.Safe).Value();
        var file = new ReceivedFile(
            "x.png",
            bytes.Length,
            SHA256.HashData(bytes),
            new ImageHeader(ImageFormat.Png, 10, 10, 1, 1, HasColorProfile: false)
        );
        var image = Image.Receive(ImageId.New(), owner.Id, details, file, TimeProvider.System.GetUtcNow());
        image.Publish(
            new RenderedImage(scope)
            {
                WidthPx = 10,
                HeightPx = 10,
                DominantColor = "#000000",
                Placeholder = [],
                PerceptualHash = 1,
                Files = [],
            },
            StoredRenditions.None,
            scanned: true
        );
        await scope.ServiceProvider.GetRequiredService<IObjectStore>().PutAsync(ImageObjectKeys.Original(image.Id), new MemoryStream(bytes), Token);
        await scope.ServiceProvider.GetRequiredService<IImages>().TryAddAsync(image, long.MaxValue, null, Token);
        (await scope.ServiceProvider.GetRequiredService<IUnitOfWork>().CommitAsync(Token)).Error.IsNull();
        return image.Slug;
    }
}
