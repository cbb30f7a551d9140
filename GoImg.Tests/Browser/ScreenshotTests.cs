using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using GoImg.Core.Accounts;
using GoImg.Core.Albums;
using GoImg.Core.Images;
using GoImg.Core.Moderation;
using GoImg.Core.Social;
using GoImg.Infrastructure.Database;
using GoImg.Tests.Harness;
using Microsoft.EntityFrameworkCore;
using Microsoft.Playwright;

namespace GoImg.Tests.Browser;

/// <summary><c>./test --screenshots</c>: every page as a visitor, a member and an admin see it, in both themes, at a desk and on a phone, for people to look at.</summary>
[Trait("Duration", "long")]
public sealed partial class ScreenshotTests
{
    private const int DemoPictures = 24;

    private static readonly (string Name, int WidthPx, int HeightPx, bool IsPhone)[] Screens =
    [
        ("desktop", 1440, 900, false),
        ("phone", 390, 844, true),
    ];

    [Fact]
    public async Task Every_page_is_drawn()
    {
        var folder = Environment.GetEnvironmentVariable("GOIMG_SCREENSHOTS") ?? "";
        Assert.SkipWhen(folder.Length == 0, "Only with ./test --screenshots.");
        Directory.CreateDirectory(folder);
        await using var app = await GoImgApp.StartAsync($"Demo:Pictures={DemoPictures}", "environment=Development");
        await Eventually.TrueAsync(() => app.InScopeAsync<GoImgDbContext, bool>(db => db.Set<ReportCase>().AnyAsync()), TimeSpan.FromMinutes(5));
        var ana = await app.SignUpAsync("ana");
        var mia = await app.SignUpAsync("mia", Role.Admin);
        var gallery = await FillAsync(app, ana);

        var drawn = new List<(string Who, string Page, string[] Files)>();
        (string, MemberClient?, string[])[] walks =
        [
            ("visitor", null, SitePages.Visitor),
            ("member", ana, SitePages.Member),
            ("staff", mia, [.. SitePages.Staff, .. SitePages.Seldom]),
        ];
        foreach (var (who, member, pages) in walks)
        {
            var files = pages.ToDictionary(page => page, _ => new List<string>());
            foreach (var (screen, width, height, isPhone) in Screens)
            {
                await using var window = member is null
                    ? await Harness.Browser.OpenAsync(app, isPhone)
                    : await Harness.Browser.OpenAsync(member, isPhone);
                // Pictures are made of what fails as well.
                window.Expect(".");
                await window.Page.SetViewportSizeAsync(width, height);
                foreach (var page in pages)
                    files[page]
                        .AddRange(
                            await DrawAsync(
                                window,
                                gallery.Fill(page),
                                Path.Combine(folder, $"{who}-{NotName().Replace(page, "-").Trim('-')}-{screen}")
                            )
                        );
            }

            drawn.AddRange(pages.Select(page => (who, page, files[page].ToArray())));
        }

        await File.WriteAllTextAsync(Path.Combine(folder, "index.html"), Index(drawn), TestContext.Current.CancellationToken);
        Assert.All(drawn, page => Assert.Equal(2 * Screens.Length, page.Files.Length));
    }

    private static async Task<IEnumerable<string>> DrawAsync(BrowserPage window, string path, string file)
    {
        var files = new List<string>();
        await window.GoAsync(path);
        await window.Page.WaitForLoadStateAsync(LoadState.NetworkIdle);
        foreach (var scheme in new[] { ColorScheme.Light, ColorScheme.Dark })
        {
            await window.Page.EmulateMediaAsync(new() { ColorScheme = scheme });
            await window.Page.EvaluateAsync("Promise.all(document.getAnimations().map(animation => animation.finished))");
            var name = $"{file}-{scheme.ToString().ToLowerInvariant()}.jpg";
            await window.Page.ScreenshotAsync(
                new()
                {
                    Path = name,
                    Type = ScreenshotType.Jpeg,
                    Quality = 75,
                    FullPage = true,
                }
            );
            files.Add(Path.GetFileName(name));
        }

        return files;
    }

    /// <summary>Photographs where they stand beside the checkout, else pictures of noise.</summary>
    private static async Task<EveryPageTests.Slugs> FillAsync(GoImgApp app, MemberClient ana)
    {
        var photos = RepositoryPaths.SharedFiles("photos", "*.jpg").Order(StringComparer.Ordinal).Take(12).ToList();
        var images = new List<Image>();
        foreach (var photo in photos)
        {
            var bytes = await File.ReadAllBytesAsync(photo, TestContext.Current.CancellationToken);
            images.Add(await ana.WaitUntilReadyAsync((await ana.UploadAsync(bytes, Visibility.Public)).Value().ImageId));
        }

        if (images.Count == 0)
            images.Add(await ana.HasImageAsync(widthPx: 1200, heightPx: 800));
        var album = await app.InScopeAsync<AlbumService, Album>(async albums =>
        {
            var made = (
                await albums.CreateAsync(
                    ana.Actor,
                    AlbumDetails.Create("A week by the sea", "What the weather left us.", Visibility.Public, AlbumOrder.Manual).Value,
                    CancellationToken.None
                )
            ).Value();
            Assert.True((await albums.AddImagesAsync(ana.Actor, made.Id, [.. images.Select(image => image.Id)], CancellationToken.None)).IsSuccess);
            return made;
        });
        var comment = await app.InScopeAsync<CommentService, CommentId>(async comments =>
            (await comments.AddAsync(ana.Actor, images[0].Id, "I can hear the silence.", CancellationToken.None)).Value()
        );
        await app.ExecuteSqlAsync("UPDATE images SET allows_download = true");
        return new(images[0], album, comment);
    }

    private static string Index(IEnumerable<(string Who, string Page, string[] Files)> drawn)
    {
        var html = new StringBuilder(
            "<!DOCTYPE html><meta charset=utf-8><title>GoImg, every page</title><style>body{font:16px sans-serif}img{width:22vw;height:34vh;object-fit:cover;object-position:top;border:1px solid #999}</style>"
        );
        foreach (var (who, page, files) in drawn)
        {
            html.Append(CultureInfo.InvariantCulture, $"<h2>{who}: {WebUtility.HtmlEncode(page)}</h2>");
            foreach (var file in files)
                html.Append(CultureInfo.InvariantCulture, $"<a href=\"{file}\"><img loading=lazy src=\"{file}\" alt=\"{file}\"></a> ");
        }

        return html.ToString();
    }

    [GeneratedRegex("[^a-z0-9-]+", RegexOptions.IgnoreCase)]
    private static partial Regex NotName();
}
