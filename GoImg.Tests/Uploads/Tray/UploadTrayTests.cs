using System.Security.Claims;
using AngleSharp.Dom;
using Bunit;
using GoImg.Core.Accounts;
using GoImg.Core.Images;
using GoImg.Core.LiveUpdates;
using GoImg.Core.Rendering;
using GoImg.Tests.Harness;
using GoImg.Web.Images;
using GoImg.Web.Shell;
using GoImg.Web.Uploads.Tray;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace GoImg.Tests.Uploads.Tray;

/// <summary>The tray over the real database and the real change bus; only the browser is bUnit's.</summary>
public sealed class UploadTrayTests : IAsyncLifetime
{
    private readonly BunitContext _browser = new();
    private Gallery _gallery = null!;
    private Actor _ana = null!;
    private ILiveUpdates _bus = null!;
    private BunitJSModuleInterop _queue = null!;

    public async ValueTask InitializeAsync()
    {
        _gallery = await Gallery.OpenAsync();
        _ana = await _gallery.MemberAsync("ana");
        _bus = await _gallery.ListenAsync();
        _browser
            .AddAuthorization()
            .SetAuthorized("ana")
            .SetClaims(new Claim(ClaimTypes.NameIdentifier, _ana.MemberId!.Value.ToString()), new Claim(ClaimTypes.Role, nameof(Role.Member)));
        _browser.Services.AddSingleton(_bus);
        _browser.Services.AddSingleton(TimeProvider.System);
        _browser.Services.AddSingleton<IImageUrls, ImageUrls>();
        _browser.Services.AddSingleton<IHttpContextAccessor>(new HttpContextAccessor());
        _browser.Services.AddScoped<ActorAccessor>();
        _browser.Services.AddScoped(services => new ScopedCall(_gallery.Scopes, services.GetRequiredService<ActorAccessor>()));
        _queue = _browser.JSInterop.SetupModule("./js/upload/queue.js");
        _queue.Mode = JSRuntimeMode.Loose;
        _queue.Setup<TraySettings?>("attach", _ => true).SetResult(new TraySettings("unlisted", "", "", Titles: true));
    }

    public async ValueTask DisposeAsync()
    {
        await _browser.DisposeAsync();
        await _gallery.DisposeAsync();
    }

    [Fact]
    public async Task With_nothing_going_on_nothing_is_drawn_and_the_next_page_is_told_to_come_without_a_tray()
    {
        var tray = _browser.Render<UploadTray>();

        await tray.WaitForAssertionAsync(() => _queue.VerifyInvoke("close"), Patience);
        Assert.Empty(tray.FindAll(".tray"));
    }

    [Fact]
    public async Task Stages_appear_as_the_worker_goes_and_the_finished_row_folds_away()
    {
        var tray = _browser.Render<UploadTray>();
        var image = await _gallery.ReceivedImageAsync(_ana);
        await ReportAsync(tray, new RowReport(1, "received", 1000, null, image.Id.ToString(), "sea.jpg", "sea", 1000));
        await _gallery.AskAsync<IProcessingStages, int>(async stages =>
        {
            await stages.EnterAsync(image, ImageStage.Rendering, CancellationToken.None);
            return 0;
        });
        await tray.WaitForAssertionAsync(
            () => Assert.Contains("Making sizes", tray.Find(".tray-state").TextContent, StringComparison.Ordinal),
            Patience
        );

        await _gallery.ChangeAsync(image, Gallery.Finish);
        await _bus.PublishAsync(new(image.OwnerId, "image", image.Id.Value), CancellationToken.None);

        await tray.WaitForAssertionAsync(
            () => Assert.Contains("1 image uploaded", tray.Find(".tray-head").TextContent, StringComparison.Ordinal),
            Patience
        );
        Assert.Empty(tray.FindAll(".tray-row"));
        await tray.Find("button[aria-pressed]").ClickAsync();
        Assert.Equal($"/i/{image.Slug}/thumb", tray.Find(".tray-thumb img").GetAttribute("src"));
    }

    [Fact]
    public async Task After_a_reload_the_images_still_on_their_way_are_there_again()
    {
        await _gallery.ReceivedImageAsync(_ana);

        var tray = _browser.Render<UploadTray>();

        await tray.WaitForAssertionAsync(
            () => Assert.Contains("Making 1 image ready", tray.Find(".tray-head").TextContent, StringComparison.Ordinal),
            Patience
        );
    }

    [Fact]
    public async Task A_failed_image_says_why_and_is_tried_again_on_request()
    {
        var tray = _browser.Render<UploadTray>();
        var image = await _gallery.ReceivedImageAsync(_ana);
        await _gallery.ChangeAsync(image, i => i.Fail(new ImageFileErrors.NotDecodable()));
        await ReportAsync(tray, new RowReport(1, "received", 1000, null, image.Id.ToString(), "sea.jpg", "sea", 1000));
        await tray.WaitForAssertionAsync(
            () => Assert.Contains(new ImageFileErrors.NotDecodable().Message, tray.Find(".is-problem").TextContent, StringComparison.Ordinal),
            Patience
        );

        await tray.Find(".tray-acts button").ClickAsync();

        await tray.WaitForAssertionAsync(() => Assert.Empty(tray.FindAll(".is-problem")), Patience);
        Assert.Equal(
            ImageState.Processing,
            (await _gallery.AskAsync<IImages, Image?>(images => images.FindAsync(image.Id, CancellationToken.None)))!.State
        );
    }

    [Fact]
    public async Task A_duplicate_in_the_trash_can_be_restored_from_its_row()
    {
        var tray = _browser.Render<UploadTray>();
        var image = await _gallery.ImageAsync(_ana);
        await _gallery.ChangeAsync(image, i => i.MoveToTrash(_gallery.Clock.GetUtcNow()));
        await ReportAsync(tray, new RowReport(1, "trashed", 1000, null, image.Id.ToString(), "sea.jpg", "sea", 1000));

        await tray.Find(".tray-acts button").ClickAsync();

        await tray.WaitForAssertionAsync(() => Assert.Equal($"/i/{image.Slug}", tray.Find(".tray-state a").GetAttribute("href")), Patience);
        Assert.Equal(
            ImageState.Active,
            (await _gallery.AskAsync<IImages, Image?>(images => images.FindAsync(image.Id, CancellationToken.None)))!.State
        );
    }

    [Fact]
    public async Task A_refused_file_says_why_and_stays_until_dismissed()
    {
        var tray = _browser.Render<UploadTray>();
        await ReportAsync(tray, new RowReport(7, "refused", 0, "The file is larger than 50 MiB.", null, "huge.tif", "huge", 1L << 40));

        Assert.Contains("The file is larger than 50 MiB.", tray.Find(".is-problem").TextContent, StringComparison.Ordinal);
        await tray.Find("button[aria-label='Dismiss huge']").ClickAsync();

        Assert.Empty(tray.FindAll(".tray"));
        Assert.Equal([7], Assert.IsType<IEnumerable<int>>(_queue.VerifyInvoke("forget").Arguments[0], exactMatch: false));
    }

    [Fact]
    public async Task Cancel_all_stops_what_the_browser_still_has_and_leaves_the_rest()
    {
        var tray = _browser.Render<UploadTray>();
        var image = await _gallery.ReceivedImageAsync(_ana);
        await ReportAsync(
            tray,
            new RowReport(1, "received", 10, null, image.Id.ToString(), "a.jpg", "a", 10),
            new RowReport(2, "sending", 5, null, null, "b.jpg", "b", 10),
            new RowReport(3, "waiting", 0, null, null, "c.jpg", "c", 10)
        );
        Assert.Contains("Remaining 3 · Done 0/3", tray.Find(".tray-head").TextContent, StringComparison.Ordinal);

        await tray.Find("button:contains('Cancel all')").ClickAsync();

        Assert.Single(tray.FindAll(".tray-row"));
        Assert.Equal([2, 3], Assert.IsType<IEnumerable<int>>(_queue.VerifyInvoke("cancel").Arguments[0], exactMatch: false));
    }

    [Fact]
    public async Task A_title_typed_while_waiting_goes_to_the_browser_and_one_typed_later_to_the_image()
    {
        var tray = _browser.Render<UploadTray>();
        var image = await _gallery.ReceivedImageAsync(_ana);
        await ReportAsync(
            tray,
            new RowReport(1, "received", 10, null, image.Id.ToString(), "a.jpg", "a", 10),
            new RowReport(2, "waiting", 0, null, null, "b.jpg", "b", 10)
        );

        await Labelled(tray, "Title of b.jpg").ChangeAsync("The bay");
        await Labelled(tray, "Title of a.jpg").ChangeAsync("The sea");

        Assert.Equal([2, "The bay"], _queue.Invocations["retitle"][0].Arguments);
        Assert.Equal("The sea", (await _gallery.AskAsync<IImages, Image?>(images => images.FindAsync(image.Id, CancellationToken.None)))!.Title);
    }

    [Fact]
    public async Task One_file_and_all_files_are_paused_and_resumed()
    {
        var tray = _browser.Render<UploadTray>();
        await ReportAsync(
            tray,
            new RowReport(1, "sending", 5, null, null, "a.jpg", "a", 10),
            new RowReport(2, "waiting", 0, null, null, "b.jpg", "b", 10)
        );

        await tray.Find("button[aria-label='Pause a']").ClickAsync();
        await tray.Find("button[aria-label='Pause all']").ClickAsync();
        await ReportAsync(tray, new RowReport(1, "paused", 5, null, null, null, null, 0), new RowReport(2, "paused", 0, null, null, null, null, 0));
        Assert.Contains("Paused: 2 files", tray.Find(".tray-head").TextContent, StringComparison.Ordinal);
        Assert.Contains("Paused at 50 %", tray.Find(".tray-state").TextContent, StringComparison.Ordinal);
        await tray.Find("button[aria-label='Resume b']").ClickAsync();
        await tray.Find("button[aria-label='Resume all']").ClickAsync();

        Assert.Equal(
            [
                [1],
                [1, 2],
            ],
            _queue.Invocations["pause"].Select(i => (IEnumerable<int>)i.Arguments[0]!)
        );
        Assert.Equal(
            [
                [2],
                [1, 2],
            ],
            _queue.Invocations["resume"].Select(i => (IEnumerable<int>)i.Arguments[0]!)
        );
    }

    [Fact]
    public async Task While_no_one_answers_the_tray_says_that_it_goes_on_by_itself()
    {
        var tray = _browser.Render<UploadTray>();

        await ReportAsync(tray, new RowReport(1, "offline", 43, null, null, "a.jpg", "a", 100));

        Assert.Equal("Waiting for the connection… 43 %, continues by itself", tray.Find(".tray-state").TextContent.Trim());
        Assert.Contains("Waiting for the connection: 1 file", tray.Find(".tray-head").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Uploads_of_a_closed_tab_can_be_forgotten_which_ends_them_at_the_server_too()
    {
        var tray = _browser.Render<UploadTray>();
        await ReportAsync(
            tray,
            new RowReport(1, "lost", 43, null, null, "a.jpg", "a", 100),
            new RowReport(2, "lost", 0, null, null, "b.jpg", "b", 100)
        );
        Assert.Contains(
            "2 uploads were interrupted: choose the files again to continue.",
            tray.Find(".tray-lost").TextContent,
            StringComparison.Ordinal
        );

        await tray.Find("button:contains('Forget them')").ClickAsync();

        Assert.Empty(tray.FindAll(".tray"));
        Assert.Equal([1, 2], Assert.IsType<IEnumerable<int>>(_queue.VerifyInvoke("cancel").Arguments[0], exactMatch: false));
    }

    [Fact]
    public async Task What_failed_for_the_moment_is_tried_again_all_at_once()
    {
        var tray = _browser.Render<UploadTray>();
        await ReportAsync(
            tray,
            new RowReport(1, "interrupted", 0, "No room.", null, "a.jpg", "a", 100),
            new RowReport(2, "interrupted", 0, "No room.", null, "b.jpg", "b", 100),
            new RowReport(3, "refused", 0, "Too large.", null, "c.jpg", "c", 100)
        );

        await tray.Find("button:contains('Retry failed')").ClickAsync();

        Assert.Equal([1, 2], _queue.Invocations["retry"].SelectMany(i => (IEnumerable<int>)i.Arguments[0]!));
    }

    [Fact]
    public async Task A_title_typed_while_the_file_was_under_way_is_the_images()
    {
        var tray = _browser.Render<UploadTray>();
        var image = await _gallery.ReceivedImageAsync(_ana);

        await ReportAsync(tray, new RowReport(1, "received", 10, null, image.Id.ToString(), "a.jpg", "The bay", 10, Retitled: true));

        Assert.Equal("The bay", (await _gallery.AskAsync<IImages, Image?>(images => images.FindAsync(image.Id, CancellationToken.None)))!.Title);
    }

    [Fact]
    public async Task When_all_went_well_the_ready_ones_can_be_selected_in_the_library_and_the_tray_closes_if_it_is_told_to()
    {
        var tray = _browser.Render<UploadTray>();
        var image = await _gallery.ImageAsync(_ana);
        await ReportAsync(tray, new RowReport(1, "received", 10, null, image.Id.ToString(), "a.jpg", "a", 10));
        await tray.WaitForAssertionAsync(() => Assert.Equal(image.Id.ToString(), tray.Find("a[data-choose]").GetAttribute("data-choose")), Patience);

        await tray.Find(".tray-closes input").ChangeAsync(true);

        Assert.True(Assert.IsType<TraySettings>(_queue.VerifyInvoke("configure").Arguments[0]).Closes);
        await tray.WaitForAssertionAsync(() => Assert.Empty(tray.FindAll(".tray")), Patience);
    }

    [Fact]
    public async Task Of_thousands_of_rows_only_the_visible_ones_are_drawn()
    {
        var tray = _browser.Render<UploadTray>();
        await ReportAsync(tray, [.. Enumerable.Range(1, 3000).Select(key => new RowReport(key, "waiting", 0, null, null, $"{key}.jpg", "", 10))]);

        Assert.Contains("Uploading 3,000 files", tray.Find(".tray-head").TextContent, StringComparison.Ordinal);
        Assert.InRange(tray.FindAll(".tray-row").Count, 1, 200);
    }

    [Fact]
    public async Task The_whole_is_told_to_screen_readers_when_it_is_over()
    {
        var tray = _browser.Render<UploadTray>();

        await ReportAsync(tray, new RowReport(1, "refused", 0, "Too large.", null, "a.jpg", "a", 10));

        Assert.Equal("1 file not uploaded. 1 failed.", tray.Find("[role=status]").TextContent);
    }

    [Fact]
    public async Task What_waiting_files_get_is_chosen_in_the_tray_and_told_to_the_browser()
    {
        var tray = _browser.Render<UploadTray>();
        await ReportAsync(tray, new RowReport(1, "waiting", 0, null, null, "a.jpg", "a", 10));
        Assert.True(Labelled(tray, "Visible to").QuerySelector("option[value=unlisted]")!.HasAttribute("selected"));

        await Labelled(tray, "Visible to").ChangeAsync("public");
        await Labelled(tray, "Tags").ChangeAsync("sea, winter");

        Assert.Equal(["public", "public"], Configured().Select(settings => settings.Visibility));
        Assert.Equal(["", "sea, winter"], Configured().Select(settings => settings.Tags));
    }

    private TraySettings[] Configured() => [.. _queue.Invocations["configure"].Select(call => Assert.IsType<TraySettings>(call.Arguments[0]))];

    private static IElement Labelled(IRenderedComponent<UploadTray> tray, string label) =>
        tray.Find("#" + tray.FindAll("label[for]").Single(one => one.TextContent.Trim() == label).GetAttribute("for"));

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private static Task ReportAsync(IRenderedComponent<UploadTray> tray, params RowReport[] reports) =>
        tray.InvokeAsync(() => tray.Instance.Report(reports));
}
