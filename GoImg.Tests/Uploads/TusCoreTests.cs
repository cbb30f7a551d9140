using GoImg.Core.Images;
using GoImg.Core.Uploads;
using GoImg.Tests.Harness;

namespace GoImg.Tests.Uploads;

/// <summary>tus 1.0.0, core protocol, over plain HTTP.</summary>
public sealed class TusCoreTests(SharedApp shared) : IClassFixture<SharedApp>
{
    [Fact]
    public async Task A_file_in_three_pieces_is_one_image()
    {
        await using var app = await GoImgApp.StartAsync();
        var ana = await app.SignUpAsync("ana");
        using var tus = await TusClient.OpenAsync(ana);
        var file = Pictures.Png();
        var upload = (
            await tus.CreateAsync(
                file.Length,
                TusClient.Metadata(("filename", "sea.png"), ("title", "The sea"), ("visibility", "public"), ("tags", "sea, boats"))
            )
        ).Place;

        var first = await tus.PatchAsync(upload, 0, file[..100]);
        var second = await tus.PatchAsync(upload, 100, file[100..150]);
        var asked = await tus.HeadAsync(upload);
        var last = await tus.PatchAsync(upload, 150, file[150..]);

        Assert.Equal(
            [HttpStatusCode.NoContent, HttpStatusCode.NoContent, HttpStatusCode.OK, HttpStatusCode.NoContent],
            new[] { first, second, asked, last }.Select(a => a.Status)
        );
        Assert.Equal([100, 150, 150, file.Length], new[] { first, second, asked, last }.Select(a => a.Offset));
        Assert.Null(second["GoImg-Image-Id"]);
        var image = await app.WaitForImageAsync(new ImageId(Guid.Parse(last["GoImg-Image-Id"]!)), ImageState.Active);
        Assert.Equal(("The sea", "sea.png", Visibility.Public), (image.Title, image.FileName, image.Visibility));
        Assert.Equal(["sea", "boats"], image.Tags);
        Assert.Equal(
            ("false", $"/i/{image.Slug}", "processing"),
            (last["GoImg-Image-Duplicate"], last["GoImg-Image-Page"], last["GoImg-Image-State"])
        );
        Assert.Equal(file, await app.ReadAsync(ImageObjectKeys.Original(image.Id)));
        Assert.Empty(await app.ObjectsAsync("uploads/"));
        Assert.Empty(app.StagedFiles());
    }

    [Fact]
    public async Task Asked_again_after_the_end_an_upload_still_tells_its_image()
    {
        using var tus = await TusClient.OpenAsync(await shared.SignUpAsync("ana"));
        var file = Pictures.Png();
        var done = await tus.CreateWithAsync(file);

        var asked = await tus.HeadAsync(done.Place);
        var again = await tus.PatchAsync(done.Place, file.Length, []);

        Assert.Equal((file.Length, done["GoImg-Image-Id"]), (asked.Offset, asked["GoImg-Image-Id"]));
        Assert.Equal((HttpStatusCode.NoContent, done["GoImg-Image-Id"]), (again.Status, again["GoImg-Image-Id"]));
    }

    [Fact]
    public async Task The_server_says_what_it_speaks_to_anyone()
    {
        await using var app = await GoImgApp.StartAsync("Limits:MaxFileBytes=12345");
        using var visitor = new TusClient(app.Address, "");

        foreach (var path in new[] { TusClient.Root, "/uploads", $"{TusClient.Root}/{Guid.Empty}" })
        {
            var answer = await visitor.SendAsync("OPTIONS", path, [("Tus-Resumable", null)]);

            Assert.Equal(HttpStatusCode.NoContent, answer.Status);
            Assert.Equal(("1.0.0", "12345", "sha1,sha256,md5"), (answer["Tus-Version"], answer["Tus-Max-Size"], answer["Tus-Checksum-Algorithm"]));
            Assert.Equal("creation,creation-with-upload,termination,checksum,expiration", answer["Tus-Extension"]);
        }
    }

    [Fact]
    public async Task Another_version_or_none_is_refused_with_the_one_there_is()
    {
        using var tus = await TusClient.OpenAsync(await shared.SignUpAsync("ana"));
        var upload = (await tus.CreateAsync(100)).Place;

        foreach (var version in new[] { "0.2.2", "1.0.1", "", null })
        {
            foreach (var (method, path) in new[] { ("POST", TusClient.Root), ("HEAD", upload), ("PATCH", upload), ("DELETE", upload) })
            {
                var answer = await tus.SendAsync(method, path, [("Tus-Resumable", version), ("Upload-Length", "5")]);

                Assert.Equal((HttpStatusCode.PreconditionFailed, "1.0.0"), (answer.Status, answer["Tus-Version"]));
            }
        }

        Assert.Equal(HttpStatusCode.OK, (await tus.HeadAsync(upload)).Status);
    }

    [Fact]
    public async Task Every_answer_names_the_version_refusals_too()
    {
        var app = shared.App;
        using var tus = await TusClient.OpenAsync(await shared.SignUpAsync("ana"));
        using var visitor = new TusClient(app.Address, "");
        var created = await tus.CreateAsync(100);

        var answers = new[]
        {
            created,
            await tus.HeadAsync(created.Place),
            await tus.PatchAsync(created.Place, 0, [1]),
            await tus.DeleteAsync(created.Place),
            await tus.HeadAsync(created.Place),
            await visitor.HeadAsync(created.Place),
            await tus.SendAsync("PUT", created.Place, []),
        };

        Assert.All(answers, a => Assert.Equal("1.0.0", a["Tus-Resumable"]));
    }

    [Fact]
    public async Task An_answer_about_the_offset_is_never_kept_by_a_cache_and_repeats_what_the_client_told()
    {
        using var tus = await TusClient.OpenAsync(await shared.SignUpAsync("ana"));
        var metadata = TusClient.Metadata(("filename", "日本.jpg"), ("its-own", "words")) + ",flag";
        var upload = (await tus.CreateAsync(100, metadata)).Place;

        var asked = await tus.HeadAsync(upload);

        Assert.Equal((HttpStatusCode.OK, 0, "100", metadata), (asked.Status, asked.Offset, asked["Upload-Length"], asked["Upload-Metadata"]));
        Assert.Equal("no-store", asked["Cache-Control"]);
    }

    [Fact]
    public async Task Bytes_at_another_offset_than_the_uploads_are_refused_and_the_right_one_is_told()
    {
        using var tus = await TusClient.OpenAsync(await shared.SignUpAsync("ana"));
        var upload = (await tus.CreateAsync(100)).Place;
        await tus.PatchAsync(upload, 0, new byte[10]);

        foreach (var offset in new[] { 0, 9, 11, 100, 5000, long.MaxValue })
        {
            var answer = await tus.PatchAsync(upload, offset, new byte[5]);

            Assert.Equal((HttpStatusCode.Conflict, "upload.offset", 10), (answer.Status, answer.Code, answer.Offset));
        }
    }

    [Fact]
    public async Task An_offset_is_digits_and_nothing_else()
    {
        using var tus = await TusClient.OpenAsync(await shared.SignUpAsync("ana"));
        var upload = (await tus.CreateAsync(100)).Place;

        foreach (var offset in new[] { null, "", "-1", "+0", "0x0", "0,0", "1e3", "99999999999999999999", "zero", "0 0" })
        {
            var answer = await tus.SendAsync(
                "PATCH",
                upload,
                [("Upload-Offset", offset), ("Content-Type", "application/offset+octet-stream")],
                new ByteArrayContent(new byte[5])
            );

            Assert.Equal((offset, HttpStatusCode.BadRequest, "tus.header"), (offset, answer.Status, answer.Code));
        }

        Assert.Equal(0, (await tus.HeadAsync(upload)).Offset);
    }

    [Fact]
    public async Task Bytes_come_as_the_protocols_own_content_type()
    {
        using var tus = await TusClient.OpenAsync(await shared.SignUpAsync("ana"));
        var upload = (await tus.CreateAsync(100)).Place;

        foreach (var type in new[] { null, "application/octet-stream", "application/offset+octet-stream; charset=utf-8", "image/png" })
        {
            var answer = await tus.SendAsync("PATCH", upload, [("Upload-Offset", "0"), ("Content-Type", type)], new ByteArrayContent(new byte[5]));

            Assert.Equal((type, HttpStatusCode.UnsupportedMediaType, "tus.content_type"), (type, answer.Status, answer.Code));
        }
    }

    [Fact]
    public async Task A_client_that_can_not_send_a_method_names_it_in_a_header()
    {
        using var tus = await TusClient.OpenAsync(await shared.SignUpAsync("ana"));
        var upload = (await tus.CreateAsync(100)).Place;
        (string, string?) Method(string name) => ("X-HTTP-Method-Override", name);

        var patched = await tus.SendAsync(
            "POST",
            upload,
            [Method("PATCH"), ("Upload-Offset", "0"), ("Content-Type", "application/offset+octet-stream")],
            new ByteArrayContent(new byte[7])
        );
        var asked = await tus.SendAsync("POST", upload, [Method("HEAD")]);
        var odd = await tus.SendAsync("POST", upload, [Method("PUT")]);
        var none = await tus.SendAsync("POST", upload, []);
        var fromHead = await tus.SendAsync("HEAD", upload, [Method("DELETE")]);
        var removed = await tus.SendAsync("POST", upload, [Method("DELETE")]);

        Assert.Equal((HttpStatusCode.NoContent, 7), (patched.Status, patched.Offset));
        Assert.Equal((HttpStatusCode.OK, 7), (asked.Status, asked.Offset));
        Assert.Equal([HttpStatusCode.MethodNotAllowed, HttpStatusCode.MethodNotAllowed], new[] { odd, none }.Select(a => a.Status));
        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.NoContent), (fromHead.Status, removed.Status));
        Assert.Equal(HttpStatusCode.NotFound, (await tus.HeadAsync(upload)).Status);
    }

    [Fact]
    public async Task Others_uploads_are_not_there_for_anyone_and_nothing_interrupts_them()
    {
        var app = shared.App;
        using var ana = await TusClient.OpenAsync(await shared.SignUpAsync("ana"));
        using var ben = await TusClient.OpenAsync(await shared.SignUpAsync("ben"));
        using var moderator = await TusClient.OpenAsync(await shared.SignUpAsync("petra", Core.Accounts.Role.Admin));
        using var visitor = new TusClient(app.Address, "");
        var upload = (await ana.CreateAsync(100)).Place;
        await ana.PatchAsync(upload, 0, new byte[10]);

        foreach (var other in new[] { ben, moderator })
        {
            foreach (var path in new[] { upload, $"{TusClient.Root}/{UploadId.New()}" })
            {
                var answers = new[] { await other.HeadAsync(path), await other.PatchAsync(path, 10, new byte[5]), await other.DeleteAsync(path) };

                Assert.All(answers, a => Assert.Equal(HttpStatusCode.NotFound, a.Status));
                Assert.All(answers[1..], a => Assert.Equal("not_found", a.Code));
            }
        }

        Assert.All(
            [await visitor.CreateAsync(5), await visitor.HeadAsync(upload), await visitor.PatchAsync(upload, 10, [1])],
            a => Assert.Equal(HttpStatusCode.Unauthorized, a.Status)
        );
        Assert.Equal(10, (await ana.HeadAsync(upload)).Offset);
    }

    [Fact]
    public async Task More_bytes_than_were_announced_are_refused_however_they_come()
    {
        await using var app = await GoImgApp.StartAsync();
        using var tus = await TusClient.OpenAsync(await app.SignUpAsync("ana"));
        var upload = (await tus.CreateAsync(1000)).Place;
        await tus.PatchAsync(upload, 0, new byte[400]);
        using var chunked = new StreamContent(new MemoryStream(new byte[601]));
        chunked.Headers.ContentLength = null;

        var announced = await tus.PatchAsync(upload, 400, new byte[601]);
        var streamed = await tus.SendAsync(
            "PATCH",
            upload,
            [("Upload-Offset", "400"), ("Content-Type", "application/offset+octet-stream"), ("Transfer-Encoding", "chunked")],
            new Unsized(new byte[601])
        );

        Assert.Equal(
            [("upload.beyond_length", HttpStatusCode.RequestEntityTooLarge), ("upload.beyond_length", HttpStatusCode.RequestEntityTooLarge)],
            new[] { announced, streamed }.Select(a => (a.Code, a.Status))
        );
        Assert.Equal(400, (await tus.HeadAsync(upload)).Offset);
        Assert.Empty(app.StagedFiles());
    }

    [Fact]
    public async Task When_the_connection_breaks_what_arrived_is_kept_and_the_offset_says_so()
    {
        await using var app = await GoImgApp.StartAsync();
        using var tus = await TusClient.OpenAsync(await app.SignUpAsync("ana"));
        var file = Pictures.Png(1, 300, 300);
        var upload = (await tus.CreateAsync(file.Length)).Place;
        using var leave = new CancellationTokenSource();
        using var half = new Halting(file[..5000]);
        var sending = tus.PatchAsync(upload, 0, half, leave: leave.Token);
        await half.AllSent;
        await Eventually.TrueAsync(() => Task.FromResult(app.StagedFiles().Count == 1));

        await leave.CancelAsync();

        await Assert.ThrowsAnyAsync<Exception>(() => sending);
        var kept = await Eventually.GetAsync(async () => (await tus.HeadAsync(upload)).Offset, offset => offset > 0);
        Assert.InRange(kept, 1, 5000);
        var rest = await tus.PatchAsync(upload, kept, file[(int)kept..]);
        Assert.NotNull(rest["GoImg-Image-Id"]);
    }

    [Fact]
    public async Task Who_comes_back_before_the_old_connection_is_noticed_dead_takes_over_from_it()
    {
        await using var app = await GoImgApp.StartAsync();
        using var tus = await TusClient.OpenAsync(await app.SignUpAsync("ana"));
        var file = Pictures.Noisy(1, 500, 500);
        var upload = (await tus.CreateAsync(file.Length)).Place;
        // More than is held back before it is written: that some of it has arrived can be seen.
        using var stuck = new Halting(file[..300_000]);
        var old = tus.PatchAsync(upload, 0, stuck);
        await Eventually.TrueAsync(() => Task.FromResult(app.StagedFiles().Any(path => new FileInfo(path).Length > 0)));

        // It asks, hears of nothing yet, and begins at the beginning; the old request gives what it has and ends.
        var early = await tus.PatchAsync(upload, 0, file);
        stuck.GoOn();

        Assert.Equal((HttpStatusCode.Conflict, "upload.offset"), (early.Status, early.Code));
        Assert.InRange(early.Offset, 1, 300_000);
        Assert.Equal((HttpStatusCode.Conflict, "upload.taken_over"), ((await old).Status, (await old).Code));
        Assert.NotNull((await tus.PatchAsync(upload, early.Offset, file[(int)early.Offset..]))["GoImg-Image-Id"]);
    }

    [Fact]
    public async Task Of_ten_requests_at_once_with_the_same_bytes_each_byte_counts_once()
    {
        await using var app = await GoImgApp.StartAsync();
        using var tus = await TusClient.OpenAsync(await app.SignUpAsync("ana"));
        var file = Pictures.Png();
        var upload = (await tus.CreateAsync(file.Length)).Place;

        var answers = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => tus.PatchAsync(upload, 0, file[..100])));

        Assert.Single(answers, a => a.Status == HttpStatusCode.NoContent);
        Assert.All(answers.Where(a => a.Status != HttpStatusCode.NoContent), a => Assert.Contains((int)a.Status, new[] { 409, 423 }));
        Assert.Equal(100, (await tus.HeadAsync(upload)).Offset);
        Assert.Single(await app.ObjectsAsync("uploads/"));
        Assert.NotNull((await tus.PatchAsync(upload, 100, file[100..]))["GoImg-Image-Id"]);
    }

    /// <summary>Says nothing of its length.</summary>
    private sealed class Unsized(byte[] bytes) : HttpContent
    {
        protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) => stream.WriteAsync(bytes).AsTask();

        protected override bool TryComputeLength(out long length)
        {
            length = 0;
            return false;
        }
    }

    /// <summary>Sends its bytes and then neither more nor an end.</summary>
    private sealed class Halting(byte[] bytes) : HttpContent
    {
        private readonly TaskCompletionSource _sent = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly TaskCompletionSource _goOn = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task AllSent => _sent.Task;

        public void GoOn() => _goOn.TrySetResult();

        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
        {
            await stream.WriteAsync(bytes, cancellationToken);
            await stream.FlushAsync(cancellationToken);
            _sent.TrySetResult();
            await _goOn.Task.WaitAsync(cancellationToken);
        }

        protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
            SerializeToStreamAsync(stream, context, CancellationToken.None);

        protected override bool TryComputeLength(out long length)
        {
            length = 0;
            return false;
        }
    }
}
