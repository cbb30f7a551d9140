using GoImg.Core.Accounts;
using GoImg.Core.Images;
using GoImg.Core.Rendering;
using GoImg.Infrastructure.Health;
using GoImg.Infrastructure.Rendering;
using GoImg.Tests.Commands;
using GoImg.Tests.Harness;
using GoImg.Tests.Integrity;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace GoImg.Tests.Rendering;

/// <summary>The libvips that comes with the program decodes everything but HEIC, the system's decodes HEIC and nothing else.</summary>
[Trait("Duration", "long")]
public sealed class DecoderKindTests
{
    private const string Missing = "libvips-that-is-not-there.so";

    // Faults in its loaders were mended up to this one.
    private static readonly Version Oldest = new(8, 18, 3);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_libvips_that_comes_with_the_program_is_a_mended_one_and_decodes_all_but_HEIC()
    {
        await using var renderer = new Renderer();

        var status = await renderer.Pool.DescribeAsync(Ct);

        Assert.InRange(Version.Parse(status.LibraryVersion), Oldest, new Version(9, 0));
        Assert.Equal(
            [ImageFormat.Jpeg, ImageFormat.Png, ImageFormat.Gif, ImageFormat.WebP, ImageFormat.Avif, ImageFormat.Tiff],
            status.Formats.Order()
        );
    }

    [Theory]
    [InlineData("none", RenderIsolation.None)]
    [InlineData("unshare", RenderIsolation.Namespaces)]
    [InlineData("bwrap", RenderIsolation.Sandbox)]
    public async Task Each_picture_is_made_by_the_libvips_for_its_format_however_it_is_isolated(string isolation, RenderIsolation mode)
    {
        await IsolationTests.RequireAsync(mode);
        await using var renderer = new Renderer(new() { Isolation = isolation });
        var status = await renderer.Pool.DescribeAsync(Ct);
        var heic = await renderer.Heic.DescribeAsync(Ct);

        await using var fromJpeg = (await renderer.RenderAsync(Samples.Jpeg())).Value();
        await using var fromAvif = (await renderer.RenderAsync(TinyHeif.Avif)).Value();
        await using var fromHeic = (await renderer.RenderAsync(TinyHeif.Heic)).Value();

        Assert.True(heic.IsOn, heic.Problem);
        Assert.Equal(
            ("libvips " + status.LibraryVersion, "libvips " + status.LibraryVersion, "libvips " + heic.Version),
            (fromJpeg.Library, fromAvif.Library, fromHeic.Library)
        );
    }

    [Fact]
    public async Task A_library_given_by_its_path_is_the_one_that_decodes_and_can_be_read_in_the_sandbox()
    {
        using var directory = new TempDirectory();
        var system = Directory.EnumerateFiles("/usr/lib", "libvips.so.42", SearchOption.AllDirectories).First();
        File.Copy(File.ResolveLinkTarget(system, returnFinalTarget: true)?.FullName ?? system, directory["libvips.so.42"]);
        using var logs = LoggerFactory.Create(_ => { });
        await using var processes = new RenderProcesses(
            new RenderOptions { Library = directory["libvips.so.42"] },
            logs.CreateLogger<RenderProcesses>()
        );

        var process = await processes.RentAsync(DecoderKind.System, Ct);

        Assert.Equal(directory["libvips.so.42"], process.Greeting.Library);
        await processes.EndAsync(process);
    }

    [Fact]
    public async Task Without_a_libvips_of_the_system_HEIC_is_refused_by_name_and_all_else_is_rendered()
    {
        var log = new LogLines();
        await using var renderer = new Renderer(new() { Library = Missing });
        using var heic = new HeicDecoding(renderer.Processes, TimeProvider.System, log.For<HeicDecoding>());

        var refused = await renderer.RenderAsync(TinyHeif.Heic);
        await using var jpeg = (await renderer.RenderAsync(Samples.Jpeg())).Value();
        await using var avif = (await renderer.RenderAsync(TinyHeif.Avif)).Value();
        var report = await new HeicCheck(heic).CheckHealthAsync(new HealthCheckContext(), Ct);

        Assert.IsType<ImageFileErrors.HeicIsOff>(refused.Error);
        Assert.Contains("apt-get install libvips42", refused.Error.Message, StringComparison.Ordinal);
        Assert.Equal((HealthStatus.Degraded, ImageFileErrors.HeicIsOff.HeicIsOffHere), (report.Status, report.Description));
        Assert.True(log.Contains(ImageFileErrors.HeicIsOff.HeicIsOffHere) && log.Contains(refused.Error.Code) && log.Contains(Missing));
    }

    [Fact]
    public async Task A_libvips_that_has_the_loader_of_HEIC_but_no_decoder_does_not_count()
    {
        var bundled = Path.Combine(RepositoryPaths.Program, "vips", "libvips.so.42");
        await using var renderer = new Renderer(new() { Library = bundled });

        var heic = await renderer.Heic.DescribeAsync(Ct);

        Assert.False(heic.IsOn);
        Assert.Contains("decodes no HEIC", heic.Problem, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_libvips_that_was_installed_meanwhile_is_found_without_a_restart()
    {
        using var directory = new TempDirectory();
        var clock = new FakeTimeProvider();
        await using var renderer = new Renderer(new() { Library = directory["libvips.so.42"], Isolation = "none" });
        using var heic = new HeicDecoding(renderer.Processes, clock, new LogLines().For<HeicDecoding>());

        var before = await heic.IsOffAsync(Ct);
        File.CreateSymbolicLink(
            directory["libvips.so.42"],
            Directory.EnumerateFiles("/usr/lib", "libvips.so.42", SearchOption.AllDirectories).First()
        );
        var soon = await heic.IsOffAsync(Ct);
        clock.Advance(TimeSpan.FromMinutes(1));
        var later = await heic.IsOffAsync(Ct);

        Assert.Equal((true, true, false), (before, soon, later));
    }

    [Fact]
    public async Task A_HEIC_whose_libvips_went_after_the_upload_fails_with_the_same_words()
    {
        await using var renderer = new Renderer(new() { Library = Missing });
        var header = Inspection.Of(TinyHeif.Heic).Value();

        var failed = await renderer.Pool.RenderAsync(new MemoryStream(TinyHeif.Heic), header, Ct);

        Assert.IsType<ImageFileErrors.HeicIsOff>(failed.Error);
    }

    [Fact]
    public async Task The_page_the_API_doctor_and_the_script_say_the_same_of_HEIC_that_is_off()
    {
        await using var app = await GoImgApp.StartAsync(GoImgApp.NoJobs, $"Rendering:Library={Missing}");
        var ana = await app.SignUpAsync("ana");
        var admin = await app.SignUpAsync("ada", Role.Admin);
        var words = new ImageFileErrors.HeicIsOff().Message;

        using var refused = await ana.PostFileAsync(TinyHeif.Heic);
        var told = await refused.Content.ReadAsStringAsync(Ct);
        var page = WebUtility.HtmlDecode(await admin.Http.GetStringAsync("/moderation/system", Ct));
        var doctor = await CommandRun.Async(app, "doctor", $"--Rendering:Library={Missing}");

        Assert.Equal(HttpStatusCode.UnsupportedMediaType, refused.StatusCode);
        Assert.Contains("\"image.heic_off\"", told, StringComparison.Ordinal);
        Assert.Contains(words, told, StringComparison.Ordinal);
        Assert.Empty(await app.ObjectsAsync());
        Assert.Contains(ImageFileErrors.HeicIsOff.HeicIsOffHere, page, StringComparison.Ordinal);
        Assert.Contains("warn  heic      " + ImageFileErrors.HeicIsOff.HeicIsOffHere, doctor.Output, StringComparison.Ordinal);
        Assert.Contains(
            "apt-get install libvips42",
            await File.ReadAllTextAsync(Path.Combine(RepositoryPaths.Root, "run"), Ct),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task There_are_never_more_processes_of_both_kinds_than_places_and_one()
    {
        using var worker = new FakeWorker("echo $$ >> $dir/started; cat >/dev/null");
        worker.Write("started", []);
        using var logs = LoggerFactory.Create(_ => { });
        await using var processes = new RenderProcesses(worker.Options with { MaxWorkers = 2 }, logs.CreateLogger<RenderProcesses>());

        var usual = new[] { await processes.RentAsync(DecoderKind.Bundled, Ct), await processes.RentAsync(DecoderKind.Bundled, Ct) };
        foreach (var process in usual)
            await processes.ReturnAsync(process);
        var first = await processes.RentAsync(DecoderKind.System, Ct);
        var withOne = await RunningAsync(started: 3);
        var second = await processes.RentAsync(DecoderKind.System, Ct);
        var withTwo = await RunningAsync(started: 4);
        await processes.ReturnAsync(first);
        await processes.ReturnAsync(second);
        var again = await processes.RentAsync(DecoderKind.Bundled, Ct);

        Assert.Equal((3, 3, 3), (withOne, withTwo, await RunningAsync(started: 4)));
        Assert.Equal(DecoderKind.Bundled, again.Kind);
        await processes.EndAsync(again);

        // each writes its number once it has greeted
        async Task<int> RunningAsync(int started) =>
            (await Eventually.GetAsync(() => File.ReadAllLinesAsync(worker.Path + "/started", Ct), ids => ids.Length == started)).Count(id =>
                Directory.Exists("/proc/" + id)
            );
    }

    [Fact]
    public async Task The_server_never_loads_libvips_or_what_binds_it()
    {
        using var data = new TempDirectory();
        using var server = new ServerProcess(await PostgresFixture.NewDatabaseAsync(), data.Path);
        await server.StartAsync();
        using var ana = await UploadingApi.SignInAsync(server.Address);
        foreach (var file in new[] { Samples.Jpeg(), TinyHeif.Heic })
            Assert.NotNull((await ana.UploadAsync(server.Address, file)).Image);
        await Eventually.TrueAsync(() =>
            Task.FromResult(Directory.EnumerateFiles(data.Path, "*thumbnail.webp", SearchOption.AllDirectories).Count() == 2)
        );

        var maps = await File.ReadAllTextAsync($"/proc/{server.Id}/maps", Ct);

        Assert.Contains("GoImg.Infrastructure.dll", maps, StringComparison.Ordinal);
        foreach (var name in new[] { "libvips", "libheif", "libglib", "NetVips" })
            Assert.DoesNotContain(name, maps, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Each_stored_rendition_names_what_made_it_and_another_libvips_alone_renders_nothing_again()
    {
        await using var app = await GoImgApp.StartAsync(GoImgApp.NoJobs);
        var ana = await app.SignUpAsync("ana");
        var image = await app.ReadyImageAsync(ana, 1, Visibility.Public);
        await app.ExecuteSqlAsync(
            $"UPDATE images SET renditions = replace(renditions::text, '{image.Renditions[0].Library}', 'libvips 8.14.1')::jsonb WHERE id = '{image.Id}'"
        );

        var renewed = await app.RefreshAllAsync();

        Assert.All(image.Renditions, rendition => Assert.Matches("^libvips 8[.]", rendition.Library));
        Assert.Equal(0, renewed);
        Assert.All((await app.FindImageAsync(image.Id))!.Renditions, rendition => Assert.Equal("libvips 8.14.1", rendition.Library));
    }
}
