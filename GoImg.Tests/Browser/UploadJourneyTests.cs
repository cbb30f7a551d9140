using GoImg.Core.Images;
using GoImg.Tests.Harness;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace GoImg.Tests.Browser;

[Trait("Duration", "long")]
public sealed class UploadJourneyTests
{
    private static readonly LocatorAssertionsToContainTextOptions Patient = new() { Timeout = 60_000 };

    [Fact]
    public async Task Dropped_photos_go_through_their_stages_and_are_there_for_everyone_to_explore()
    {
        await using var app = await GoImgApp.StartAsync();
        var ana = await app.SignUpAsync("ana");
        await using var window = await Harness.Browser.OpenAsync(app);
        await window.SignInAsync(ana);
        await window.GoAsync("/upload");
        await window.Page.GetByText("Everyone").ClickAsync();
        await window.Page.GetByLabel("Tags").FillAsync("sea");

        await window.DropAsync([.. Photos(3)]);

        var tray = window.Page.GetByRole(AriaRole.Region, new() { Name = "Uploads" });
        await Expect(tray).ToContainTextAsync("3 images uploaded", Patient);
        await Expect(tray.GetByRole(AriaRole.Listitem)).ToHaveCountAsync(0);
        await tray.GetByRole(AriaRole.Button, new() { Name = "3 finished" }).ClickAsync();
        await Expect(tray.GetByRole(AriaRole.Img).Or(tray.Locator("img"))).ToHaveCountAsync(3);
        await window.AssertAccessibleAsync();
        await using var visitor = await Harness.Browser.OpenAsync(app);
        await visitor.GoAsync("/explore");
        await Expect(visitor.Find(".tile")).ToHaveCountAsync(3);
    }

    [Fact]
    public async Task The_tray_stays_while_one_browses_on_and_is_there_again_after_a_reload()
    {
        await using var app = await GoImgApp.StartAsync();
        var ana = await app.SignUpAsync("ana");
        await using var window = await Harness.Browser.OpenAsync(ana);
        await window.GoAsync("/trash");
        var tray = window.Page.GetByRole(AriaRole.Region, new() { Name = "Uploads" });

        await window.DropAsync(("one.png", Pictures.Png(1)));
        await Expect(tray).ToContainTextAsync("1 image uploaded", Patient);
        await window.Page.GetByRole(AriaRole.Link, new() { Name = "Library", Exact = true }).First.ClickAsync();
        await Expect(window.Page).ToHaveURLAsync(new System.Text.RegularExpressions.Regex("/library$"));
        await Expect(tray).ToContainTextAsync("1 image uploaded", Patient);
        await Expect(window.Find(".tile")).ToHaveCountAsync(1);
        // The page was exchanged, not loaded: no event says that its picture has come.
        await window.Page.WaitForFunctionAsync("() => [...document.images].every(image => image.complete && image.naturalWidth)");

        // One that is still on its way when the page is loaded again.
        await app.ExecuteSqlAsync("UPDATE images SET state = 'Processing', stage = 'Scanning'");
        await window.Page.ReloadAsync();
        await Expect(tray).ToContainTextAsync("Making 1 image ready", Patient);
        await Expect(tray).ToContainTextAsync("Scanning", Patient);
    }

    [Fact]
    public async Task What_is_refused_or_known_already_stays_in_the_tray_with_the_reason()
    {
        await using var app = await GoImgApp.StartAsync("Limits:MaxMegapixels=1");
        var ana = await app.SignUpAsync("ana");
        await ana.HasImageAsync(Visibility.Private, seed: 1);
        await using var window = await Harness.Browser.OpenAsync(ana);
        window.Expect("status of 422");
        await window.GoAsync("/library");

        await window.DropAsync(
            ("again.png", Pictures.Png(1)),
            ("words.png", "just words"u8.ToArray()),
            ("empty.png", []),
            ("large.png", Pictures.Png(2, 1200, 1000))
        );

        var tray = window.Page.GetByRole(AriaRole.Region, new() { Name = "Uploads" });
        await Expect(tray).ToContainTextAsync("Already in your gallery", Patient);
        await Expect(tray).ToContainTextAsync("This is not an image GoImg takes.");
        await Expect(tray).ToContainTextAsync("The file is empty (0 bytes).");
        await Expect(tray).ToContainTextAsync("The image has 1.2 megapixels; the limit is 1.", Patient);
        await window.AssertAccessibleAsync();
        await tray.GetByRole(AriaRole.Button, new() { Name = "Dismiss all" }).ClickAsync();
        await Expect(tray).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task No_circuit_is_opened_for_a_member_who_uploads_nothing()
    {
        await using var app = await GoImgApp.StartAsync();
        var ana = await app.SignUpAsync("ana");
        await using var window = await Harness.Browser.OpenAsync(ana);
        var sockets = 0;
        window.Page.WebSocket += (_, _) => sockets++;

        foreach (var path in new[] { "/library", "/upload", "/trash" })
            await window.GoAsync(path);
        await window.Page.WaitForLoadStateAsync(LoadState.NetworkIdle);

        Assert.Equal(0, sockets);
    }

    [Fact]
    public async Task Without_script_the_upload_page_is_a_form()
    {
        await using var app = await GoImgApp.StartAsync();
        var ana = await app.SignUpAsync("ana");
        await using var window = await Harness.Browser.OpenAsync(ana, hasScript: false);
        await window.GoAsync("/upload");
        await window.Find("[name=title]").FillAsync("The bay");
        await window.Page.GetByText("Anyone with the link").ClickAsync();
        await window
            .Find("[name=file]")
            .SetInputFilesAsync(
                (FilePayload[])
                    [
                        new()
                        {
                            Name = "one.png",
                            MimeType = "image/png",
                            Buffer = Pictures.Png(1),
                        },
                        new()
                        {
                            Name = "two.png",
                            MimeType = "image/png",
                            Buffer = Pictures.Png(2),
                        },
                    ]
            );

        await window.Page.Locator("main").GetByRole(AriaRole.Button, new() { Name = "Upload" }).ClickAsync();

        await Expect(window.Page).ToHaveURLAsync(new System.Text.RegularExpressions.Regex("/library$"));
        await Expect(window.Find("[data-toasts]")).ToContainTextAsync("2 images uploaded.");
        await Expect(window.Find(".tile")).ToHaveCountAsync(2);
        await Expect(window.Find(".tile").First).ToContainTextAsync("The bay");
    }

    [Fact]
    public async Task Files_beyond_the_hours_limit_are_shown_as_blocked_with_the_time_they_go_on()
    {
        await using var app = await GoImgApp.StartAsync("Limits:UploadsPerHourOfNewMembers=1");
        var ana = await app.SignUpAsync("ana");
        await using var window = await Harness.Browser.OpenAsync(ana);
        window.Expect("status of 429");
        await window.GoAsync("/upload");
        await Expect(window.Find(".limits")).ToContainTextAsync("1 of 1 uploads left");

        await window.DropAsync(("one.png", Pictures.Png(1)), ("two.png", Pictures.Png(2)), ("three.png", Pictures.Png(3)));

        var tray = window.Page.GetByRole(AriaRole.Region, new() { Name = "Uploads" });
        await Expect(tray).ToContainTextAsync(new System.Text.RegularExpressions.Regex("Blocked until .+: 2 files"), new() { Timeout = 60_000 });
        await Expect(tray.Locator(".tray-blocked")).ToContainTextAsync("Too many uploads: the limit is 1 in 1 hour.");
        await Expect(tray.Locator(".tray-row", new() { HasText = "Waits until uploads go on" })).ToHaveCountAsync(2);
        await window.AssertAccessibleAsync();
    }

    [Fact]
    public async Task While_too_much_waits_at_the_server_its_words_stand_in_the_tray()
    {
        await using var app = await GoImgApp.StartAsync(GoImgApp.NoJobs, "Jobs:MaxWaiting=1");
        var ana = await app.SignUpAsync("ana");
        await using var window = await Harness.Browser.OpenAsync(ana);
        window.Expect("status of 503");
        window.Expect("^503 POST");
        await window.GoAsync("/trash");
        var tray = window.Page.GetByRole(AriaRole.Region, new() { Name = "Uploads" });
        await window.DropAsync(
            ("one.png", Pictures.Png(1)),
            ("two.png", Pictures.Png(2)),
            ("three.png", Pictures.Png(3)),
            ("four.png", Pictures.Png(4))
        );

        await Expect(tray.Locator(".tray-blocked")).ToContainTextAsync("images are waiting to be processed", Patient);
    }

    [Fact]
    public async Task An_album_is_made_on_the_upload_page_and_takes_what_is_sent_then_whose_links_are_copied()
    {
        await using var app = await GoImgApp.StartAsync();
        var ana = await app.SignUpAsync("ana");
        await using var window = await Harness.Browser.OpenAsync(ana);
        await window.Page.Context.GrantPermissionsAsync(["clipboard-read", "clipboard-write"]);
        await window.GoAsync("/upload");
        await window.Page.Locator("main").GetByRole(AriaRole.Button, new() { Name = "New album" }).ClickAsync();
        var dialog = window.Page.GetByRole(AriaRole.Dialog, new() { Name = "New album" });
        await dialog.GetByLabel("Title").FillAsync("By the sea");
        await window.AssertAccessibleAsync();
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Make album" }).ClickAsync();
        await Expect(dialog).ToBeHiddenAsync();
        await Expect(window.Page.Locator("main").GetByLabel("Album").Locator("option:checked")).ToHaveTextAsync("By the sea");

        await window.DropAsync(("one.png", Pictures.Png(1)), ("two.png", Pictures.Png(2)));
        var tray = window.Page.GetByRole(AriaRole.Region, new() { Name = "Uploads" });
        await Expect(tray).ToContainTextAsync("2 images uploaded", Patient);
        await tray.GetByRole(AriaRole.Button, new() { Name = "BBCode" }).ClickAsync();
        await Expect(window.Find("[data-toasts]")).ToContainTextAsync("2 links copied.");

        var copied = await window.Page.EvaluateAsync<string>("navigator.clipboard.readText()");
        Assert.Equal(2, copied.Split('\n').Count(line => line.StartsWith("[url=http", StringComparison.Ordinal)));
        await window.GoAsync("/u/ana/albums");
        await window.Page.GetByText("By the sea").First.ClickAsync();
        await Expect(window.Find(".tile")).ToHaveCountAsync(2);
    }

    [Fact]
    public async Task A_file_shows_its_picture_before_the_server_has_one_and_leaves_the_form_beside_it_free()
    {
        await using var app = await GoImgApp.StartAsync(GoImgApp.NoJobs);
        var ana = await app.SignUpAsync("ana");
        await using var window = await Harness.Browser.OpenAsync(ana);
        await window.GoAsync("/upload");

        await window.DropAsync(("one.png", Pictures.Png(1, 640, 480)));

        var tray = window.Page.GetByRole(AriaRole.Region, new() { Name = "Uploads" });
        await Expect(tray.Locator(".tray-thumb img[src^='blob:']")).ToBeVisibleAsync();
        var form = (await window.Find("[data-upload-form]").BoundingBoxAsync())!;
        Assert.InRange(form.X + form.Width, 0, (await tray.BoundingBoxAsync())!.X);
    }

    [Fact]
    public async Task On_a_phone_the_tray_is_a_sheet_and_folds_to_a_pill()
    {
        await using var app = await GoImgApp.StartAsync();
        var ana = await app.SignUpAsync("ana");
        await using var window = await Harness.Browser.OpenAsync(ana, isPhone: true);
        await window.GoAsync("/upload");
        await window
            .Find("input[type=file][data-pick]")
            .First.SetInputFilesAsync(
                new FilePayload
                {
                    Name = "one.png",
                    MimeType = "image/png",
                    Buffer = Pictures.Png(1),
                }
            );
        var tray = window.Page.GetByRole(AriaRole.Region, new() { Name = "Uploads" });
        await Expect(tray).ToContainTextAsync("1 image uploaded", Patient);
        Assert.Equal(390, (await tray.BoundingBoxAsync())!.Width);

        await tray.GetByRole(AriaRole.Button, new() { Expanded = true }).ClickAsync();

        await Expect(tray.GetByRole(AriaRole.Button, new() { Expanded = false })).ToBeVisibleAsync();
        Assert.InRange((await tray.BoundingBoxAsync())!.Height, 40, 80);
        await window.AssertAccessibleAsync();
    }

    /// <summary>Real photos where they stand beside the checkout, else pictures made on the spot.</summary>
    private static IEnumerable<(string Name, byte[] Bytes)> Photos(int count)
    {
        var folder = Path.Combine(RepositoryPaths.Shared, "photos");
        return Directory.Exists(folder)
            ? Directory
                .GetFiles(folder, "*.jpg")
                .Order(StringComparer.Ordinal)
                .Take(count)
                .Select(path => (Path.GetFileName(path), File.ReadAllBytes(path)))
            : Enumerable.Range(1, count).Select(seed => ($"{seed}.png", Pictures.Png(seed, 640, 480)));
    }
}
