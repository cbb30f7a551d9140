using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using GoImg.Core.Images;
using GoImg.Tests.Harness;

namespace GoImg.Tests.Uploads;

/// <summary>tus 1.0.0: creation, creation-with-upload, checksum, expiration, termination.</summary>
public sealed class TusExtensionsTests(SharedApp shared) : IClassFixture<SharedApp>
{
    [Fact]
    public async Task A_small_file_is_created_and_sent_in_one_request_and_leaves_no_part()
    {
        await using var app = await GoImgApp.StartAsync();
        using var tus = await TusClient.OpenAsync(await app.SignUpAsync("ana"));
        var file = Pictures.Png();

        var answer = await tus.CreateWithAsync(file, metadata: TusClient.Metadata(("filename", "a.png")));

        Assert.Equal((HttpStatusCode.Created, file.Length), (answer.Status, answer.Offset));
        var image = await app.WaitForImageAsync(new ImageId(Guid.Parse(answer["GoImg-Image-Id"]!)), ImageState.Active);
        Assert.Equal(SHA256.HashData(file), image.Sha256);
        Assert.Empty(await app.ObjectsAsync("uploads/"));
    }

    [Fact]
    public async Task The_first_bytes_may_come_with_the_creation_and_the_rest_later()
    {
        using var tus = await TusClient.OpenAsync(await shared.SignUpAsync("ana"));
        var file = Pictures.Png();

        var begun = await tus.CreateWithAsync(file[..50], file.Length);
        var rest = await tus.PatchAsync(begun.Place, 50, file[50..]);

        Assert.Equal((50, file.Length), (begun.Offset, rest.Offset));
        Assert.NotNull(rest["GoImg-Image-Id"]);
    }

    [Fact]
    public async Task What_can_not_be_is_refused_before_a_byte_is_sent()
    {
        await using var app = await GoImgApp.StartAsync("Limits:MaxFileBytes=20000");
        using var tus = await TusClient.OpenAsync(await app.SignUpAsync("ana"));
        (string? Length, int Status, string Code)[] rows =
        [
            ("-1", 400, "tus.header"),
            ("", 400, "tus.header"),
            (null, 400, "tus.header"),
            ("5,5", 400, "tus.header"),
            ("9223372036854775808", 400, "tus.header"),
            ("9223372036854775807", 413, "image.too_many_bytes"),
            ("20001", 413, "image.too_many_bytes"),
            ("0", 422, "image.empty"),
        ];

        foreach (var (length, status, code) in rows)
        {
            var answer = await tus.SendAsync("POST", TusClient.Root, [("Upload-Length", length)]);

            Assert.Equal((length, status, code, "application/problem+json"), (length, (int)answer.Status, answer.Code, answer.ContentType));
        }
    }

    [Fact]
    public async Task Details_are_checked_as_the_forms_are()
    {
        using var tus = await TusClient.OpenAsync(await shared.SignUpAsync("ana"));
        (string Metadata, string Code)[] rows =
        [
            ("title $$$", "tus.header"),
            ("title /w==", "tus.header"),
            ("title YQ==,title YQ==", "tus.header"),
            (",", "tus.header"),
            ("title YQ== YQ==", "tus.header"),
            ("visibility c2VjcmV0", "validation.failed"),
            ("content_rating YQ==", "validation.failed"),
            ("tags YQ==", "validation.failed"),
            ("album_id YQ==", "validation.failed"),
            ("album_id MDAwMDAwMDAtMDAwMC0wMDAwLTAwMDAtMDAwMDAwMDAwMDAw", "validation.failed"),
        ];

        foreach (var (metadata, code) in rows)
        {
            var answer = await tus.CreateAsync(100, metadata);

            Assert.Equal((metadata, HttpStatusCode.BadRequest, code), (metadata, answer.Status, answer.Code));
        }
    }

    [Fact]
    public async Task Long_and_many_details_are_refused_in_words_or_by_the_size_of_headers()
    {
        using var tus = await TusClient.OpenAsync(await shared.SignUpAsync("ana"));

        var longTitle = await tus.CreateAsync(100, TusClient.Metadata(("title", new string('x', 256))));
        var many = await tus.CreateAsync(100, string.Join(',', Enumerable.Range(0, 200).Select(i => $"k{i.ToString(CultureInfo.InvariantCulture)}")));
        var huge = await tus.CreateAsync(100, TusClient.Metadata(("description", new string('x', 40_000))));
        var longest = await tus.CreateAsync(
            100,
            TusClient.Metadata(("description", new string('語', ImageDetails.MaxDescription)), ("title", new string('題', ImageDetails.MaxTitle)))
        );

        Assert.Equal(("validation.failed", "tus.header"), (longTitle.Code, many.Code));
        Assert.Equal(HttpStatusCode.RequestHeaderFieldsTooLarge, huge.Status);
        Assert.Equal(HttpStatusCode.Created, longest.Status);
    }

    [Fact]
    public async Task A_length_to_be_told_later_or_an_upload_made_of_others_is_refused_in_words()
    {
        using var tus = await TusClient.OpenAsync(await shared.SignUpAsync("ana"));

        var later = await tus.SendAsync("POST", TusClient.Root, [("Upload-Defer-Length", "1")]);
        var partial = await tus.SendAsync("POST", TusClient.Root, [("Upload-Length", "5"), ("Upload-Concat", "partial")]);
        var wrongType = await tus.SendAsync(
            "POST",
            TusClient.Root,
            [("Upload-Length", "5"), ("Content-Type", "image/png")],
            new ByteArrayContent(new byte[5])
        );

        Assert.Equal(
            [
                (HttpStatusCode.BadRequest, "tus.header"),
                (HttpStatusCode.BadRequest, "tus.header"),
                (HttpStatusCode.UnsupportedMediaType, "tus.content_type"),
            ],
            new[] { later, partial, wrongType }.Select(a => (a.Status, a.Code))
        );
    }

    [Fact]
    public async Task Bytes_whose_checksum_differs_are_thrown_away_and_right_ones_kept()
    {
        await using var app = await GoImgApp.StartAsync();
        using var tus = await TusClient.OpenAsync(await app.SignUpAsync("ana"));
        foreach (var (algorithm, seed) in new[] { ("sha1", 1), ("sha256", 2), ("md5", 3) })
        {
            var file = Pictures.Png(seed);
            var upload = (await tus.CreateAsync(file.Length)).Place;

            var wrong = await tus.PatchAsync(upload, 0, file[..100], Checksum(algorithm, file[..99]));
            var afterWrong = await tus.HeadAsync(upload);
            var right = await tus.PatchAsync(upload, 0, file[..100], Checksum(algorithm, file[..100]));
            var wrongEnd = await tus.PatchAsync(upload, 100, file[100..], Checksum(algorithm, file));
            var end = await tus.PatchAsync(upload, 100, file[100..], Checksum(algorithm, file[100..]));

            Assert.Equal((460, "upload.checksum", 0), ((int)wrong.Status, wrong.Code, afterWrong.Offset));
            Assert.Equal((HttpStatusCode.NoContent, 100), (right.Status, right.Offset));
            Assert.Equal(460, (int)wrongEnd.Status);
            Assert.NotNull(end["GoImg-Image-Id"]);
        }

        Assert.Empty(await app.ObjectsAsync("uploads/"));
    }

    [Fact]
    public async Task A_checksum_that_can_not_be_is_refused()
    {
        using var tus = await TusClient.OpenAsync(await shared.SignUpAsync("ana"));
        var upload = (await tus.CreateAsync(100)).Place;

        foreach (var checksum in new[] { "crc32 AAAA", "sha1", "sha1 ", "sha1 AAAA", "sha256 !!!!" })
        {
            var answer = await tus.PatchAsync(upload, 0, new byte[5], checksum);

            Assert.Equal((checksum, HttpStatusCode.BadRequest, "tus.header"), (checksum, answer.Status, answer.Code));
        }

        Assert.Equal(0, (await tus.HeadAsync(upload)).Offset);
    }

    [Fact]
    public async Task A_whole_file_with_a_wrong_checksum_leaves_nothing()
    {
        await using var app = await GoImgApp.StartAsync();
        using var tus = await TusClient.OpenAsync(await app.SignUpAsync("ana"));
        var file = Pictures.Png();

        var wrong = await tus.CreateWithAsync(file, checksum: Checksum("sha256", []));
        var right = await tus.CreateWithAsync(file, checksum: Checksum("sha256", file));

        Assert.Equal((460, HttpStatusCode.Created), ((int)wrong.Status, right.Status));
        Assert.Single(await app.ObjectsAsync("originals/"));
    }

    [Fact]
    public async Task Answers_say_until_when_an_upload_is_kept()
    {
        await using var app = await GoImgApp.StartAsync("Uploads:KeepFor=02:00:00");
        using var tus = await TusClient.OpenAsync(await app.SignUpAsync("ana"));
        var created = await tus.CreateAsync(100);

        var patched = await tus.PatchAsync(created.Place, 0, new byte[5]);
        var asked = await tus.HeadAsync(created.Place);

        foreach (var answer in new[] { created, patched, asked })
        {
            var until = DateTimeOffset.ParseExact(answer["Upload-Expires"]!, "R", CultureInfo.InvariantCulture);
            Assert.InRange(until - TimeProvider.System.GetUtcNow(), TimeSpan.FromMinutes(118), TimeSpan.FromMinutes(121));
        }
    }

    [Fact]
    public async Task After_its_time_an_upload_is_gone_permanently_and_its_room_is_free()
    {
        // No jobs: the sweep would be there first.
        await using var app = await GoImgApp.StartAsync("Limits:MaxMemberBytes=1000", GoImgApp.NoJobs);
        using var tus = await TusClient.OpenAsync(await app.SignUpAsync("ana"));
        var upload = (await tus.CreateAsync(900)).Place;
        await tus.PatchAsync(upload, 0, new byte[400]);

        await app.ExecuteSqlAsync("UPDATE uploads SET expires_at = now() - interval '1 second'");
        var answers = new[] { await tus.HeadAsync(upload), await tus.PatchAsync(upload, 400, new byte[500]), await tus.DeleteAsync(upload) };

        Assert.All(answers, a => Assert.Equal(HttpStatusCode.Gone, a.Status));
        Assert.Equal(HttpStatusCode.Created, (await tus.CreateAsync(900)).Status);
    }

    [Fact]
    public async Task A_terminated_upload_is_gone_with_its_bytes_and_its_room_is_free_at_once()
    {
        await using var app = await GoImgApp.StartAsync("Limits:MaxMemberBytes=1000");
        using var tus = await TusClient.OpenAsync(await app.SignUpAsync("ana"));
        var upload = (await tus.CreateAsync(900)).Place;
        await tus.PatchAsync(upload, 0, new byte[400]);
        Assert.Equal((HttpStatusCode.InsufficientStorage, "upload.no_room"), await StatusAndCodeAsync(tus.CreateAsync(200)));

        var removed = await tus.DeleteAsync(upload);

        Assert.Equal(HttpStatusCode.NoContent, removed.Status);
        Assert.Empty(await app.ObjectsAsync());
        Assert.All(
            [await tus.HeadAsync(upload), await tus.PatchAsync(upload, 400, [1]), await tus.DeleteAsync(upload)],
            a => Assert.Equal(HttpStatusCode.NotFound, a.Status)
        );
        Assert.Equal(HttpStatusCode.Created, (await tus.CreateAsync(1000)).Status);
    }

    [Fact]
    public async Task Terminating_a_finished_upload_leaves_its_image()
    {
        var app = shared.App;
        using var tus = await TusClient.OpenAsync(await shared.SignUpAsync("ana"));
        var done = await tus.CreateWithAsync(Pictures.Png());

        var removed = await tus.DeleteAsync(done.Place);

        Assert.Equal(HttpStatusCode.NoContent, removed.Status);
        Assert.NotNull(await app.FindImageAsync(new ImageId(Guid.Parse(done["GoImg-Image-Id"]!))));
    }

    [Fact]
    public async Task What_is_no_image_is_refused_in_words_and_everything_of_it_removed()
    {
        await using var app = await GoImgApp.StartAsync("Limits:MaxMemberBytes=100000");
        using var tus = await TusClient.OpenAsync(await app.SignUpAsync("ana"));
        var words = Encoding.UTF8.GetBytes(new string('w', 90_000));
        var upload = (await tus.CreateWithAsync(words[..50_000], words.Length)).Place;

        var inParts = await tus.PatchAsync(upload, 50_000, words[50_000..]);
        var atOnce = await tus.CreateWithAsync(words);

        Assert.All(
            [inParts, atOnce],
            a => Assert.Equal((HttpStatusCode.UnsupportedMediaType, "image.format", "application/problem+json"), (a.Status, a.Code, a.ContentType))
        );
        Assert.Equal(HttpStatusCode.NotFound, (await tus.HeadAsync(upload)).Status);
        Assert.Empty(await app.ObjectsAsync());
        Assert.Empty(app.StagedFiles());
        Assert.Equal(HttpStatusCode.Created, (await tus.CreateAsync(100_000)).Status);
    }

    [Fact]
    public async Task The_same_file_again_answers_with_the_image_that_exists()
    {
        await using var app = await GoImgApp.StartAsync();
        using var tus = await TusClient.OpenAsync(await app.SignUpAsync("ana"));
        var file = Pictures.Png();
        var first = await tus.CreateWithAsync(file);

        var again = await tus.CreateWithAsync(file);
        var upload = (await tus.CreateAsync(file.Length)).Place;
        await tus.PatchAsync(upload, 0, file[..20]);
        var inParts = await tus.PatchAsync(upload, 20, file[20..]);

        Assert.Equal((first["GoImg-Image-Id"], "true"), (again["GoImg-Image-Id"], again["GoImg-Image-Duplicate"]));
        Assert.Equal((first["GoImg-Image-Id"], "true"), (inParts["GoImg-Image-Id"], inParts["GoImg-Image-Duplicate"]));
        Assert.Equal("true", (await tus.HeadAsync(upload))["GoImg-Image-Duplicate"]);
        Assert.Empty(await app.ObjectsAsync("uploads/"));
    }

    private static string Checksum(string algorithm, byte[] bytes) =>
        algorithm
        + " "
        + Convert.ToBase64String(
            algorithm switch
            {
                "sha1" => SHA1.HashData(bytes),
                "md5" => MD5.HashData(bytes),
                _ => SHA256.HashData(bytes),
            }
        );

    private static async Task<(HttpStatusCode, string?)> StatusAndCodeAsync(Task<TusResponse> asked)
    {
        var answer = await asked;
        return (answer.Status, answer.Code);
    }
}
