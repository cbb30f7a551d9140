using System.Net.Http.Headers;
using System.Text.Json;
using GoImg.Core.Images;
using GoImg.Core.Jobs;
using GoImg.Core.Rendering;
using GoImg.Infrastructure.Jobs;
using GoImg.Infrastructure.Rendering;
using GoImg.Infrastructure.Scanning;
using GoImg.Tests.Harness;
using GoImg.Tests.Rendering;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace GoImg.Tests.Hosting;

/// <summary>One site on several processes: nodes that serve and nodes that work on jobs.</summary>
public sealed class NodeRoleTests
{
    // What a web node must do without: no render process could start, and no scanner answers.
    private static readonly string[] WebAlone =
    [
        "Node:Role=web",
        "Rendering:WorkerCommand:0=/nowhere/renderer",
        "Rendering:Library=/nowhere/libvips.so.42",
        "Scanning:Kind=clamav",
        "Scanning:ClamAv=127.0.0.1:1",
    ];

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_a_web_node_takes_a_worker_makes_and_the_web_node_serves()
    {
        await using var web = await GoImgApp.StartAsync(WebAlone);
        var ana = await web.SignUpAsync("ana");
        var taken = (await ana.UploadAsync(Pictures.Png(1, 300, 200), Visibility.Public)).Value();
        Assert.Equal(1L, await CountJobsAsync(web, "image.prepare"));

        await using var worker = await web.BesideAsync("Node:Role=worker");
        var image = await web.WaitForImageAsync(taken.ImageId, ImageState.Active);
        using var shown = await AskAsync(web, image, "large", "image/webp");

        Assert.Equal((HttpStatusCode.OK, "image/webp"), (shown.StatusCode, shown.Content.Headers.ContentType?.MediaType));
    }

    [Fact]
    public async Task A_JPEG_is_asked_of_a_worker_once_and_served_when_it_is_there()
    {
        await using var web = await GoImgApp.StartAsync(WebAlone);
        var ana = await web.SignUpAsync("ana");
        var taken = (await ana.UploadAsync(Pictures.Png(1, 300, 200), Visibility.Public)).Value();
        Image image;
        await using (await web.BesideAsync("Node:Role=worker"))
            image = await web.WaitForImageAsync(taken.ImageId, ImageState.Active);

        using var first = await AskAsync(web, image, "large", "image/jpeg");
        using var second = await AskAsync(web, image, "large", "image/jpeg");
        Assert.Equal((HttpStatusCode.ServiceUnavailable, HttpStatusCode.ServiceUnavailable), (first.StatusCode, second.StatusCode));
        Assert.Contains("\"image.jpeg_is_being_made\"", await first.Content.ReadAsStringAsync(Ct), StringComparison.Ordinal);
        Assert.NotNull(first.Headers.RetryAfter);
        Assert.Equal(1L, await CountJobsAsync(web, MakeJpegJob.Kind));

        await using var worker = await web.BesideAsync("Node:Role=worker");
        var bytes = await Eventually.GetAsync(
            async () =>
            {
                using var answer = await AskAsync(web, image, "large", "image/jpeg");
                return answer.IsSuccessStatusCode ? await answer.Content.ReadAsByteArrayAsync(Ct) : [];
            },
            jpeg => jpeg.Length > 0
        );
        Assert.Equal(ImageFormat.Jpeg, Inspection.Of(bytes).Value().Format);
    }

    [Fact]
    public async Task A_web_node_takes_HEIC_and_the_worker_says_what_becomes_of_it()
    {
        await using var web = await GoImgApp.StartAsync(WebAlone);
        var ana = await web.SignUpAsync("ana");

        var taken = (await ana.UploadAsync(TinyHeif.Heic)).Value();
        await using var worker = await web.BesideAsync("Node:Role=worker", "Rendering:Library=/nowhere/libvips.so.42");
        var image = await web.WaitForImageAsync(taken.ImageId);

        Assert.Equal((ImageState.Failed, new ImageFileErrors.HeicIsOff().Code), (image.State, image.FailureCode));
    }

    [Fact]
    public async Task A_web_node_is_ready_without_renderer_and_scanner_and_starts_nothing_for_them()
    {
        await using var web = await GoImgApp.StartAsync(WebAlone);

        var ready = JsonDocument.Parse(await web.Anonymous.GetStringAsync("/health/ready", Ct)).RootElement;

        Assert.Equal("ok", ready.GetProperty("status").GetString());
        Assert.Equal(["database", "storage"], ready.GetProperty("dependencies").EnumerateArray().Select(d => d.GetProperty("name").GetString()));
        Type[] absent =
        [
            typeof(JobRunner),
            typeof(JobRescuer),
            typeof(RecurringJobs),
            typeof(JobCleaner),
            typeof(RendererWarmUp),
            typeof(ScanDepthProbe),
            typeof(IsolatedRenderer),
        ];
        Assert.Empty(web.Services.GetServices<Microsoft.Extensions.Hosting.IHostedService>().Select(s => s.GetType()).Intersect(absent));
        Assert.Null(web.Services.GetService<RenderProcesses>());
    }

    /// <summary>As it is run: a whole node has a render process soon after its start.</summary>
    [Fact]
    public async Task A_web_node_starts_no_render_process()
    {
        using var data = new TempDirectory();
        var database = await PostgresFixture.NewDatabaseAsync();
        using var web = new ServerProcess(database, data.Path, "Node:Role=web");
        await web.StartAsync();
        await using var memory = new ProcessMemory(web);
        using var ana = await UploadingApi.SignInAsync(web.Address);
        Assert.NotNull((await ana.UploadAsync(web.Address, Samples.Jpeg())).Image);

        await using (await GoImgApp.OverAsync(database, data.Path, "Node:Role=worker"))
        {
            await Eventually.TrueAsync(() =>
                Task.FromResult(Directory.EnumerateFiles(data.Path, "*thumbnail.webp", SearchOption.AllDirectories).Any())
            );
        }

        using var whole = new ServerProcess(database, data.Path);
        await whole.StartAsync();
        await using var ofWhole = new ProcessMemory(whole);
        await Eventually.TrueAsync(() => Task.FromResult(ofWhole.RenderPeakBytes > 0));
        Assert.True(memory.ServerPeakBytes > 0);
        Assert.Equal(0, memory.RenderPeakBytes);
    }

    [Fact]
    public async Task At_a_web_node_staff_can_still_have_dead_jobs_run_again()
    {
        await using var web = await GoImgApp.StartAsync(WebAlone);
        await using var scope = web.Services.CreateAsyncScope();

        var handlers = web
            .Registered.Select(s => s.ServiceType)
            .Where(type => type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IJobHandler<>))
            .Select(type => scope.ServiceProvider.GetService(type));

        Assert.DoesNotContain(null, handlers);
    }

    [Theory]
    [InlineData("GET", "/")]
    [InlineData("GET", "/explore")]
    [InlineData("GET", "/css/app.css")]
    [InlineData("POST", "/uploads")]
    [InlineData("GET", "/api/v1/images")]
    [InlineData("GET", "/_blazor")]
    public async Task A_worker_serves_nothing_but_its_health(string method, string path)
    {
        await using var worker = await GoImgApp.StartAsync("Node:Role=worker");
        using var request = new HttpRequestMessage(new HttpMethod(method), path);

        using var answer = await worker.Anonymous.SendAsync(request, Ct);

        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
        Assert.StartsWith("This node works on jobs", await answer.Content.ReadAsStringAsync(Ct), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_worker_tells_its_health_with_all_it_stands_on()
    {
        await using var worker = await GoImgApp.StartAsync("Node:Role=worker");

        var ready = JsonDocument.Parse(await worker.Anonymous.GetStringAsync("/health/ready", Ct)).RootElement;

        Assert.Equal(HttpStatusCode.OK, (await worker.Anonymous.GetAsync("/health/live", Ct)).StatusCode);
        Assert.Equal(
            ["database", "heic", "renderer", "scanner", "storage"],
            ready
                .GetProperty("dependencies")
                .EnumerateArray()
                .Concat(ready.GetProperty("disabled").EnumerateArray())
                .Select(d => d.GetProperty("name").GetString())
                .Order(StringComparer.Ordinal)
        );
    }

    private static async Task<HttpResponseMessage> AskAsync(GoImgApp app, Image image, string size, string accept)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/api/v1/images/{image.Id.Value}/variants/{size}");
        request.Headers.Accept.Add(MediaTypeWithQualityHeaderValue.Parse(accept));
        return await app.Anonymous.SendAsync(request, Ct);
    }

    private static async Task<object?> CountJobsAsync(GoImgApp app, string kind)
    {
        await using var command = app.Services.GetRequiredService<NpgsqlDataSource>().CreateCommand("SELECT count(*) FROM jobs WHERE kind = $1");
        command.Parameters.Add(new() { Value = kind });
        return await command.ExecuteScalarAsync(Ct);
    }
}
