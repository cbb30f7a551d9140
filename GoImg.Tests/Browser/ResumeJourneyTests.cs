using System.Globalization;
using GoImg.Core.Images;
using GoImg.Tests.Harness;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace GoImg.Tests.Browser;

/// <summary>Uploads that are paused, cut off, left behind, or not needed at all.</summary>
[Trait("Duration", "long")]
public sealed class ResumeJourneyTests
{
    private static readonly LocatorAssertionsToContainTextOptions Patient = new() { Timeout = 60_000 };

    [Fact]
    public async Task A_paused_upload_goes_on_where_it_stopped()
    {
        await using var app = await GoImgApp.StartAsync();
        var ana = await app.SignUpAsync("ana");
        await using var window = await Harness.Browser.OpenAsync(ana);
        await window.GoAsync("/trash");
        await window.SlowDownAsync(bytesPerSecond: 2_000_000);
        await window.DropAsync(("large.tif", Large()));
        var tray = Tray(window);
        await Expect(tray).ToContainTextAsync("Uploading 1 file", Patient);
        await UntilSentAsync(app, 0.2);

        await tray.GetByRole(AriaRole.Button, new() { Name = "Pause large" }).ClickAsync();
        await Expect(tray).ToContainTextAsync("Paused at", Patient);
        await window.AssertAccessibleAsync();
        var offsets = new List<string>();
        window.Page.Request += (_, request) => offsets.AddRange(request.Headers.Where(h => h.Key == "upload-offset").Select(h => h.Value));
        await window.SlowDownAsync(bytesPerSecond: -1);
        await tray.GetByRole(AriaRole.Button, new() { Name = "Resume all" }).ClickAsync();

        await Expect(tray).ToContainTextAsync("1 image uploaded", Patient);
        Assert.True(int.Parse(Assert.Single(offsets), CultureInfo.InvariantCulture) > 0.2 * Large().Length);
    }

    [Fact]
    public async Task When_the_connection_is_lost_the_tray_says_so_and_goes_on_by_itself()
    {
        await using var app = await GoImgApp.StartAsync();
        var ana = await app.SignUpAsync("ana");
        await using var window = await Harness.Browser.OpenAsync(ana);
        window.Expect(
            "ERR_INTERNET_DISCONNECTED|net::ERR|WebSocket|Connection disconnected|Failed to complete negotiation|Failed to fetch|Failed to start the connection|Cannot send data"
        );
        // Who comes back while the server still takes what was sent before the cut is told so, and asks again.
        window.Expect("status of (409|423)");
        await window.GoAsync("/trash");
        await window.SlowDownAsync(bytesPerSecond: 2_000_000);
        await window.DropAsync(("large.tif", Large()));
        await UntilSentAsync(app, 0.2);

        await window.GoOfflineAsync();
        await Expect(Tray(window)).ToContainTextAsync("Waiting for the connection…", Patient);
        await Expect(Tray(window)).ToContainTextAsync("continues by itself");
        await window.SlowDownAsync(bytesPerSecond: -1);

        await Expect(Tray(window)).ToContainTextAsync("1 image uploaded", Patient);
        Assert.Equal(1, await CountAsync(app, "images"));
    }

    [Fact]
    public async Task A_killed_server_is_waited_for_and_the_tray_is_there_again_with_what_became_of_the_files()
    {
        await using var app = await GoImgApp.StartAsync();
        var ana = await app.SignUpAsync("ana");
        using var node = new ServerProcess(app.ConnectionString, app.DataPath);
        await node.StartAsync();
        await using var window = await Harness.Browser.OpenAsync(ana, at: node.Address);
        window.Expect(
            "net::ERR|WebSocket|Connection disconnected|Failed to|Cannot send data|The circuit failed|Circuit has been shut down|Circuit not initialized"
        );
        await window.GoAsync("/trash");
        await window.SlowDownAsync(bytesPerSecond: 2_000_000);
        await window.DropAsync(("large.tif", Large()), ("no image.png", [1, 2, 3]));
        await UntilSentAsync(app, 0.2);

        await node.KillAsync();
        await Expect(Tray(window)).ToContainTextAsync("Waiting for the connection…", Patient);
        await window.SlowDownAsync(bytesPerSecond: -1);
        await node.StartAsync();

        await Expect(Tray(window)).ToContainTextAsync("1 ready · 1 failed", Patient);
        Assert.Equal(1, await CountAsync(app, "images"));
    }

    [Fact]
    public async Task After_a_closed_tab_the_same_file_chosen_again_goes_on_where_it_was()
    {
        await using var app = await GoImgApp.StartAsync();
        var ana = await app.SignUpAsync("ana");
        await using var window = await Harness.Browser.OpenAsync(ana);
        using var files = new TempDirectory();
        await File.WriteAllBytesAsync(files["large.tif"], Large(), TestContext.Current.CancellationToken);
        await window.GoAsync("/upload");
        await window.SlowDownAsync(bytesPerSecond: 2_000_000);
        await window.Find("main input[data-pick]").First.SetInputFilesAsync(files["large.tif"]);
        await UntilSentAsync(app, 0.2);
        // however long it takes to close a tab
        await window.SlowDownAsync(bytesPerSecond: 1_000);

        var later = await window.ReopenAsync();
        await later.GotoAsync("/trash");
        var tray = later.GetByRole(AriaRole.Region, new() { Name = "Uploads" });
        await Expect(tray).ToContainTextAsync("1 upload was interrupted: choose the files again to continue", Patient);
        await Expect(tray).ToContainTextAsync("Choose the file again.");
        var began = 0;
        later.Request += (_, request) => began += request.Method == "POST" && request.Url.EndsWith("/uploads", StringComparison.Ordinal) ? 1 : 0;
        await tray.Locator("input[data-pick]").SetInputFilesAsync(files["large.tif"]);

        await Expect(tray).ToContainTextAsync("1 image uploaded", Patient);
        Assert.Equal(0, began);
        Assert.Equal(1, await CountAsync(app, "uploads"));
    }

    [Fact]
    public async Task What_one_has_already_is_found_before_a_byte_of_it_is_sent()
    {
        await using var app = await GoImgApp.StartAsync();
        var ana = await app.SignUpAsync("ana");
        await ana.HasImageAsync(Visibility.Private, seed: 1);
        await using var window = await Harness.Browser.OpenAsync(ana);
        var sent = 0;
        window.Page.Request += (_, request) => sent += request.Url.EndsWith("/uploads", StringComparison.Ordinal) ? 1 : 0;
        await window.GoAsync("/trash");

        await window.DropAsync(("again.png", Pictures.Png(1)));

        await Expect(Tray(window)).ToContainTextAsync("Already in your gallery", Patient);
        await Expect(Tray(window)).ToContainTextAsync("1 already there");
        Assert.Equal(0, sent);
    }

    [Fact]
    public async Task Of_two_thousand_files_the_page_holds_only_what_is_in_view()
    {
        await using var app = await GoImgApp.StartAsync();
        var ana = await app.SignUpAsync("ana");
        await using var window = await Harness.Browser.OpenAsync(ana);
        await window.GoAsync("/trash");
        await window.Page.EvaluateAsync(
            "() => { window.longest = 0; new PerformanceObserver(list => { for (const task of list.getEntries()) window.longest = Math.max(window.longest, task.duration); }).observe({ type: 'longtask' }); }"
        );

        // All alike but for their last bytes, refused by the browser itself: what counts here is the number of them.
        await window.Page.EvaluateAsync(
            """
            async () => {
              const files = Array.from({ length: 2000 }, (_, i) => new File([`no image ${i}`], `file-${i}.png`));
              const { add } = await import("/js/upload/queue.js");
              await add(files.map(file => ({ file, name: file.name })), document.querySelector("[data-uploads]"));
            }
            """
        );

        var tray = Tray(window);
        await Expect(tray).ToContainTextAsync("2,000 files not uploaded", Patient);
        await Expect(tray).ToContainTextAsync("2,000 failed");
        Assert.InRange(await tray.Locator(".tray-row").CountAsync(), 1, 60);
        Assert.InRange(await window.Page.EvaluateAsync<double>("() => window.longest"), 0, 500);
        await Expect(tray.Locator(".tray-reasons li")).ToContainTextAsync("2,000 files:");
    }

    [Fact]
    public async Task A_dropped_folder_is_read_to_its_end_and_what_is_no_image_in_it_is_left_out()
    {
        await using var app = await GoImgApp.StartAsync();
        var ana = await app.SignUpAsync("ana");
        await using var window = await Harness.Browser.OpenAsync(ana);
        await window.GoAsync("/trash");

        // Entries as a drop gives them: a reader that hands out a few at a time, and folders in folders.
        var found = await window.Page.EvaluateAsync<string[]>(
            """
            async () => {
              const file = (name, bytes) => ({ isFile: true, name, file: done => done(new File([bytes], name)) });
              const folder = (...inside) => ({ isFile: false, createReader: () => { let at = 0; return { readEntries: done => done(inside.slice(at, at += 2)) }; } });
              const { walk } = await import("/js/upload/folder.js");
              const tree = [folder(file("a", "1"), folder(file("b", "2"), file("c", "3"), file("d", "4")), file("e", "5"), { isFile: true, file: (done, failed) => failed() }, file("f", "6")), file("g", "7")];
              const names = [];
              for await (const { file, fromFolder } of walk(tree)) names.push(file.name + (fromFolder ? "" : " alone"));
              return names;
            }
            """
        );

        Assert.Equal(["a", "b", "c", "d", "e", "f", "g alone"], found);
    }

    [Fact]
    public async Task A_pasted_picture_is_uploaded_without_a_title()
    {
        await using var app = await GoImgApp.StartAsync();
        var ana = await app.SignUpAsync("ana");
        await using var window = await Harness.Browser.OpenAsync(ana);
        await window.GoAsync("/trash");

        await window.Page.EvaluateAsync(
            """
            bytes => {
              const carried = new DataTransfer();
              carried.items.add(new File([Uint8Array.from(atob(bytes), c => c.charCodeAt(0))], "image.png", { type: "image/png" }));
              document.body.dispatchEvent(new ClipboardEvent("paste", { bubbles: true, cancelable: true, clipboardData: carried }));
            }
            """,
            Convert.ToBase64String(Pictures.Png())
        );

        await Expect(Tray(window)).ToContainTextAsync("1 image uploaded", Patient);
        await Eventually.TrueAsync(async () => await CountAsync(app, "images WHERE title = ''") == 1);
    }

    [Fact]
    public async Task What_failed_for_the_moment_is_sent_again_all_at_once()
    {
        await using var app = await GoImgApp.StartAsync("Limits:MaxMemberBytes=100");
        var ana = await app.SignUpAsync("ana");
        await using var window = await Harness.Browser.OpenAsync(ana);
        window.Expect("status of 507");
        window.Expect("^507 POST");
        await window.GoAsync("/trash");
        await window.DropAsync(("one.png", Pictures.Png(1)), ("two.png", Pictures.Png(2)));
        var tray = Tray(window);
        await Expect(tray).ToContainTextAsync("2 failed", Patient);
        await Expect(tray.Locator(".tray-row").First).ToContainTextAsync("Your gallery has");
        var sent = 0;
        window.Page.Request += (_, request) => sent += request.Url.EndsWith("/uploads", StringComparison.Ordinal) ? 1 : 0;

        await tray.GetByRole(AriaRole.Button, new() { Name = "Retry failed" }).ClickAsync();

        await Eventually.TrueAsync(() => Task.FromResult(sent == 2));
        await Expect(tray).ToContainTextAsync("2 failed", Patient);
    }

    private static ILocator Tray(BrowserPage window) => window.Page.GetByRole(AriaRole.Region, new() { Name = "Uploads" });

    /// <summary>Some 8 MB that are an image.</summary>
    private static byte[] Large() => Samples.Tiff(2000, 1400);

    /// <summary>So much of the one upload under way is stored; what is on the wire besides does not count.</summary>
    private static Task UntilSentAsync(GoImgApp app, double share) =>
        Eventually.TrueAsync(
            () => Task.FromResult(app.StagedFiles().Sum(f => File.Exists(f) ? new FileInfo(f).Length : 0) > share * Large().Length),
            TimeSpan.FromSeconds(30)
        );

    private static async Task<long> CountAsync(GoImgApp app, string from)
    {
        await using var source = Npgsql.NpgsqlDataSource.Create(app.ConnectionString);
        await using var command = source.CreateCommand($"SELECT count(*) FROM {from}");
        return (long)(await command.ExecuteScalarAsync(TestContext.Current.CancellationToken))!;
    }
}
