using System.Buffers;
using System.IO.Pipelines;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using GoImg.Core.Images;
using GoImg.Core.Shared;
using GoImg.Tests.Harness;

namespace GoImg.Tests.Uploads;

public sealed class UploadFormsTests(SharedApp shared) : IClassFixture<SharedApp>
{
    [Fact]
    public async Task A_file_is_uploaded_with_its_details_and_the_answer_tells_where_it_is()
    {
        var app = shared.App;
        var ana = await shared.SignUpAsync("ana");

        using var answer = await ana.PostFileAsync(
            Pictures.Png(),
            new()
            {
                ["title"] = "Harbour at dusk",
                ["visibility"] = "public",
                ["tags"] = "sea, boats",
            }
        );
        var told = await answer.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        var image = await app.WaitForImageAsync(new ImageId(told.GetProperty("id").GetGuid()), ImageState.Active);
        Assert.Equal(("Harbour at dusk", Visibility.Public, "test.png"), (image.Title, image.Visibility, image.FileName));
        Assert.Equal(["sea", "boats"], image.Tags);
        Assert.Equal((image.Slug, "/i/" + image.Slug), (told.GetProperty("slug").GetString(), told.GetProperty("page").GetString()));
    }

    [Fact]
    public async Task An_image_starts_private_and_without_a_title()
    {
        var app = shared.App;
        var ana = await shared.SignUpAsync("ana");

        var id = await IdOfAsync(await ana.PostFileAsync(Pictures.Png()));

        var image = (await app.FindImageAsync(id))!;
        Assert.Equal((Visibility.Private, ""), (image.Visibility, image.Title));
    }

    [Theory]
    [InlineData("form-data; name=\"file\"; filename=\"a %22big%22 wave.png\"", "a \"big\" wave.png")]
    [InlineData("form-data; name=\"file\"; filename=\"100%25.png\"", "100%25.png")]
    [InlineData("form-data; name=\"file\"", "image")]
    public async Task A_file_has_the_name_its_browser_meant_and_may_have_none(string disposition, string name)
    {
        var ana = await shared.SignUpAsync("ana");
        var file = new ByteArrayContent(Pictures.Png());
        file.Headers.TryAddWithoutValidation("Content-Disposition", disposition);
        using var form = new MultipartFormDataContent { file };

        var id = await IdOfAsync(await ana.PostImageAsync(form));

        Assert.Equal(name, (await shared.App.FindImageAsync(id))!.FileName);
    }

    [Fact]
    public async Task Details_may_come_behind_the_file()
    {
        var app = shared.App;
        var ana = await shared.SignUpAsync("ana");

        var id = await IdOfAsync(await ana.PostFileAsync(Pictures.Png(), new() { ["title"] = "Late" }, fieldsFirst: false));

        Assert.Equal("Late", (await app.FindImageAsync(id))!.Title);
    }

    [Fact]
    public async Task What_is_wrong_is_said_in_problem_json_with_a_stable_code()
    {
        await using var app = await GoImgApp.StartAsync("Limits:MaxFileBytes=20000");
        var ana = await app.SignUpAsync("ana");
        (byte[] File, Dictionary<string, string> Fields, int Status, string Code)[] rows =
        [
            ([], [], 422, "image.empty"),
            ("just words"u8.ToArray(), [], 415, "image.format"),
            (new byte[20_001], [], 413, "image.too_many_bytes"),
            (new byte[500_000], [], 413, "image.too_many_bytes"),
            (Pictures.Png(), new() { ["visibility"] = "secret" }, 400, "validation.failed"),
            (Pictures.Png(), new() { ["title"] = new string('x', 256) }, 400, "validation.failed"),
            (Pictures.Png(), new() { ["description"] = new string('x', 20_000) }, 400, "upload.malformed"),
        ];

        foreach (var (file, fields, status, code) in rows)
        {
            using var answer = await ana.PostFileAsync(file, fields);

            var problem = await answer.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken);
            Assert.Equal((status, code), ((int)answer.StatusCode, problem.GetProperty("code").GetString()));
            Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        }

        Assert.Empty(await app.ObjectsAsync());
        Assert.Empty(app.StagedFiles());
    }

    [Fact]
    public async Task A_body_without_a_file_or_that_is_no_form_is_refused()
    {
        var ana = await shared.SignUpAsync("ana");
        using var empty = new MultipartFormDataContent { { new StringContent("words"), "title" } };
        using var json = new StringContent("{}", Encoding.UTF8, "application/json");
        using var garbled = new StringContent("no parts at all", Encoding.UTF8);
        garbled.Headers.ContentType = MediaTypeHeaderValue.Parse("multipart/form-data; boundary=xyz");

        Assert.Equal("upload.no_file", await CodeOfAsync(await ana.PostImageAsync(empty)));
        Assert.Equal("upload.not_a_form", await CodeOfAsync(await ana.PostImageAsync(json)));
        Assert.Equal("upload.broken_off", await CodeOfAsync(await ana.PostImageAsync(garbled)));
    }

    [Fact]
    public async Task Uploads_beyond_the_hours_limit_wait()
    {
        await using var app = await GoImgApp.StartAsync("Limits:UploadsPerHourOfNewMembers=2", "Limits:UploadsPerHour=2");
        var ana = await app.SignUpAsync("ana");

        for (var seed = 1; seed <= 2; seed++)
            (await ana.PostFileAsync(Pictures.Png(seed))).EnsureSuccessStatusCode().Dispose();
        using var refused = await ana.PostFileAsync(Pictures.Png(3));

        Assert.Equal(HttpStatusCode.TooManyRequests, refused.StatusCode);
        Assert.True(refused.Headers.RetryAfter?.Delta > TimeSpan.Zero);
    }

    [Fact]
    public async Task A_client_that_vanishes_leaves_nothing()
    {
        await using var app = await GoImgApp.StartAsync();
        var ana = await app.SignUpAsync("ana");
        var half = new Unfinished(Pictures.Png(1, 300, 300));
        using var leave = new CancellationTokenSource();
        using var form = new MultipartFormDataContent { { new StreamContent(half.Stream), "file", "x.png" } };
        var sending = ana.PostImageAsync(form, leave.Token);
        await Eventually.TrueAsync(() => Task.FromResult(app.StagedFiles().Count == 1));

        await leave.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => sending);
        await Eventually.TrueAsync(() => Task.FromResult(app.StagedFiles().Count == 0));
        Assert.Empty(await app.ObjectsAsync());
    }

    [Fact]
    public async Task The_form_without_script_takes_several_files_and_leads_to_the_library()
    {
        var app = shared.App;
        var ana = await shared.SignUpAsync("ana");
        using var form = new MultipartFormDataContent
        {
            { new StringContent(await ana.TokenAsync()), "__RequestVerificationToken" },
            { new StringContent("unlisted"), "visibility" },
            { new ByteArrayContent(Pictures.Png(1)), "file", "one.png" },
            { new ByteArrayContent(Pictures.Png(2)), "file", "two.png" },
        };

        using var answer = await ana.Http.PostAsync("/upload", form, TestContext.Current.CancellationToken);

        Assert.Equal((HttpStatusCode.Redirect, "/library"), (answer.StatusCode, answer.Headers.Location?.ToString()));
        var page = await app.InScopeAsync<IImageQueries, Page<ImageTile>>(images =>
            images.LibraryAsync(ana.Actor, LibraryFilter.All, null, 10, CancellationToken.None)
        );
        Assert.Equal([Visibility.Unlisted, Visibility.Unlisted], page.Items.Select(t => t.Visibility));
    }

    [Fact]
    public async Task The_form_without_script_comes_back_with_what_was_wrong()
    {
        await using var app = await GoImgApp.StartAsync();
        var ana = await app.SignUpAsync("ana");
        using var form = new MultipartFormDataContent
        {
            { new StringContent(await ana.TokenAsync()), "__RequestVerificationToken" },
            { new ByteArrayContent("just words"u8.ToArray()), "file", "one.txt" },
        };
        using var forged = new MultipartFormDataContent { { new ByteArrayContent(Pictures.Png()), "file", "one.png" } };

        using var refused = await ana.Http.PostAsync("/upload", form, TestContext.Current.CancellationToken);
        using var withoutToken = await ana.Http.PostAsync("/upload", forged, TestContext.Current.CancellationToken);
        using var visitor = await app.Anonymous.PostAsync("/upload", new MultipartFormDataContent(), TestContext.Current.CancellationToken);

        Assert.Equal("/upload", refused.Headers.Location?.ToString());
        Assert.Contains(refused.Headers.GetValues("Set-Cookie"), c => c.StartsWith("flash=", StringComparison.Ordinal));
        Assert.Equal("/upload", withoutToken.Headers.Location?.ToString());
        Assert.Equal("/sign-in?returnUrl=%2Fupload", visitor.Headers.Location?.ToString());
        Assert.Empty(await app.ObjectsAsync());
    }

    /// <summary>A stream that gives its bytes and then never ends.</summary>
    private sealed class Unfinished
    {
        private readonly Pipe _pipe = new();

        public Unfinished(byte[] bytes) => _pipe.Writer.Write(bytes);

        public Stream Stream
        {
            get
            {
                _ = _pipe.Writer.FlushAsync().AsTask();
                return _pipe.Reader.AsStream();
            }
        }
    }

    internal static MultipartFormDataContent Form(byte[] file, Dictionary<string, string> fields, bool fieldsFirst) =>
        UploadClient.Form(file, fields, fieldsFirst);

    private static async Task<ImageId> IdOfAsync(HttpResponseMessage answer) =>
        new((await answer.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken)).GetProperty("id").GetGuid());

    internal static async Task<string?> CodeOfAsync(HttpResponseMessage answer)
    {
        using (answer)
            return (await answer.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken)).GetProperty("code").GetString();
    }
}
