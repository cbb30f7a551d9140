using System.Collections.Concurrent;
using GoImg.Core.Accounts;
using GoImg.Core.Albums;
using GoImg.Core.Images;
using GoImg.Core.Moderation;
using GoImg.Core.Shared;
using GoImg.Core.Social;
using GoImg.Tests.Harness;
using static GoImg.Core.Moderation.ModerationSubject;
using static Microsoft.Playwright.Assertions;

namespace GoImg.Tests.Browser;

/// <summary>What holds for every page there is: readable without script, accessible in both themes, no fault in the browser.</summary>
[Trait("Duration", "long")]
public sealed class EveryPageTests
{
    [Fact]
    public async Task What_no_one_can_read_is_found()
    {
        await using var app = await GoImgApp.StartAsync();
        await using var window = await Harness.Browser.OpenAsync(app);
        await window.GoAsync("/about");
        await window.Page.EvaluateAsync("document.querySelector('main p').style.cssText = 'color: #777; background: #888'");

        var refused = await Assert.ThrowsAnyAsync<Xunit.Sdk.XunitException>(window.AssertAccessibleAsync);

        Assert.Contains("color-contrast", refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Pages_of_visitors_pass_axe_in_light_and_dark_and_load_nothing_of_MudBlazor(bool isPhone)
    {
        await using var app = await GoImgApp.StartAsync();
        var (_, gallery) = await GalleryAsync(app);
        await using var window = await Harness.Browser.OpenAsync(app, isPhone);
        await AssertAccessibleAsync(window, SitePages.Visitor, gallery);
    }

    [Fact]
    public async Task Pages_of_members_pass_axe_in_light_and_dark_and_load_nothing_of_MudBlazor()
    {
        await using var app = await GoImgApp.StartAsync();
        var (ana, gallery) = await GalleryAsync(app);
        await using var window = await Harness.Browser.OpenAsync(ana);
        await AssertAccessibleAsync(window, SitePages.Member, gallery);
    }

    [Fact]
    public async Task Pages_of_staff_pass_axe_in_light_and_dark_and_load_nothing_of_MudBlazor_without_a_grid()
    {
        await using var app = await GoImgApp.StartAsync();
        var (_, gallery) = await GalleryAsync(app);
        await using var window = await Harness.Browser.OpenAsync(await app.SignUpAsync("mia", Role.Admin));
        await AssertAccessibleAsync(window, SitePages.Staff, gallery);
    }

    [Fact]
    public async Task The_staff_s_grids_come_alive_and_pass_axe_in_light_and_dark()
    {
        await using var app = await GoImgApp.StartAsync();
        await using var window = await Harness.Browser.OpenAsync(await app.SignUpAsync("mia", Role.Admin));
        var asked = MudFilesOf(window);
        foreach (var page in (string[])["/moderation/members?view=grid", "/moderation/audit?view=grid", "/moderation/jobs?view=grid&state=all"])
        {
            await window.GoAsync(page);
            // every row has a date
            await Expect(window.Find(".mud-frame tbody td").Filter(new() { HasText = "20" }).First).ToBeVisibleAsync();
            await window.AssertAccessibleAsync();
        }

        Assert.NotEmpty(asked);
    }

    [Fact]
    public async Task The_page_that_explains_the_API_passes_axe_in_light_and_dark()
    {
        await using var app = await GoImgApp.StartAsync();
        await using var window = await Harness.Browser.OpenAsync(app);
        await window.GoAsync("/api/docs/index.html");
        await window.Find("#operations-images-post_images .opblock-summary-control").ClickAsync();
        await Expect(window.Find(".opblock.is-open .parameters-container, .opblock.is-open .opblock-section").First).ToBeVisibleAsync();
        await window.AssertAccessibleAsync();
    }

    [Fact]
    public async Task Every_page_is_readable_with_script_switched_off()
    {
        await using var app = await GoImgApp.StartAsync();
        var (ana, gallery) = await GalleryAsync(app);

        await using (var visitor = await Harness.Browser.OpenAsync(app, hasScript: false))
            await AssertReadableAsync(visitor, SitePages.Visitor, gallery);
        await using (var member = await Harness.Browser.OpenAsync(ana, hasScript: false))
            await AssertReadableAsync(member, SitePages.Member, gallery);
        await using (var staff = await Harness.Browser.OpenAsync(await app.SignUpAsync("mia", Role.Admin), hasScript: false))
            await AssertReadableAsync(staff, SitePages.Staff, gallery);
    }

    internal static async Task<(MemberClient Ana, Slugs Gallery)> GalleryAsync(GoImgApp app)
    {
        var ana = await app.SignUpAsync("ana");
        var image = await ana.HasImageAsync(widthPx: 640, heightPx: 480);
        await ana.HasImageAsync(seed: 2, widthPx: 300, heightPx: 700);
        await ana.HasImageAsync(Visibility.Private, seed: 3);
        var album = await app.InScopeAsync<AlbumService, Album>(async albums =>
        {
            var made = (
                await albums.CreateAsync(
                    ana.Actor,
                    AlbumDetails.Create("Sea", "", Visibility.Public, AlbumOrder.Manual).Value,
                    CancellationToken.None
                )
            ).Value();
            Assert.True((await albums.AddImagesAsync(ana.Actor, made.Id, [image.Id], CancellationToken.None)).IsSuccess);
            return made;
        });
        var comment = await app.InScopeAsync<CommentService, CommentId>(async comments =>
            (await comments.AddAsync(ana.Actor, image.Id, "sea", CancellationToken.None)).Value()
        );
        await ReportAllAsync(app, [Of(image.Id), Of(comment), Of(album.Id), Of(ana.Id)]);
        return (ana, new(image, album, comment));
    }

    // One case of each kind, changed since it was reported, and a decision.
    private static async Task ReportAllAsync(GoImgApp app, ModerationSubject[] subjects)
    {
        var (ben, zoe) = (await app.SignUpAsync("ben"), await app.SignUpAsync("zoe", Role.Moderator));
        foreach (var subject in subjects)
            await app.InScopeAsync<FileReport, Report>(async reports =>
                (await reports.FileAsync(ben.Actor, subject, ReportReason.Other, "sea", CancellationToken.None)).Value()
            );
        await app.ExecuteSqlAsync(
            "UPDATE images SET description = 'sea'; UPDATE albums SET description = 'sea'; UPDATE comments SET words = 'sea sea'"
        );
        var warning = new ModerationRequest(Of(ben.Id), DecisionAction.Warn) { Note = "sea", Message = "sea" };
        Assert.True(
            (await app.InScopeAsync<DecideOnSubject, Result<Decision>>(d => d.DecideAsync(zoe.Actor, warning, CancellationToken.None))).IsSuccess
        );
    }

    private static async Task AssertAccessibleAsync(BrowserPage window, string[] pages, Slugs gallery)
    {
        var asked = MudFilesOf(window);
        window.Expect("status of 404");
        foreach (var page in pages)
        {
            await window.GoAsync(gallery.Fill(page));
            await window.AssertAccessibleAsync();
        }

        Assert.Empty(asked);
    }

    /// <summary>What of MudBlazor a window asks for from now on. Nothing, but on the staff's grids.</summary>
    private static ConcurrentQueue<string> MudFilesOf(BrowserPage window)
    {
        var asked = new ConcurrentQueue<string>();
        window.Page.Request += (_, request) =>
        {
            if (request.Url.Contains("mud", StringComparison.OrdinalIgnoreCase))
                asked.Enqueue(request.Url);
        };
        return asked;
    }

    private static async Task AssertReadableAsync(BrowserPage window, string[] pages, Slugs gallery)
    {
        window.Expect("status of 404");
        foreach (var page in pages)
        {
            await window.GoAsync(gallery.Fill(page));
            await Expect(window.Find("h1").First).ToBeVisibleAsync();
            await Expect(window.Find("main")).ToBeVisibleAsync();
        }
    }

    internal sealed record Slugs(Image Image, Album Album, CommentId Comment)
    {
        public string Fill(string path) =>
            path.Replace("{image}", Image.Slug, StringComparison.Ordinal)
                .Replace("{image-id}", Image.Id.ToString(), StringComparison.Ordinal)
                .Replace("{album}", Album.Slug, StringComparison.Ordinal)
                .Replace("{album-id}", Album.Id.ToString(), StringComparison.Ordinal)
                .Replace("{comment}", Comment.ToString(), StringComparison.Ordinal)
                .Replace("{member}", Image.OwnerId.ToString(), StringComparison.Ordinal);
    }
}
