using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text.Json;
using GoImg.Core.Albums;
using GoImg.Core.Images;
using GoImg.Core.Jobs;
using GoImg.Core.Shared;
using GoImg.Core.Uploads;
using GoImg.Tests.Harness;
using Microsoft.Extensions.DependencyInjection;

namespace GoImg.Tests.Uploads;

/// <summary>What an upload sets aside, and how it comes back.</summary>
[Trait("Duration", "long")]
public sealed class UploadRoomTests
{
    [Fact]
    public async Task Of_a_hundred_uploads_at_once_exactly_three_are_begun_where_there_is_room_for_three_twenty_times_over()
    {
        await using var app = await GoImgApp.StartAsync("Limits:MaxMemberBytes=3500");
        using var tus = await TusClient.OpenAsync(await app.SignUpAsync("ana"));

        for (var round = 0; round < 20; round++)
        {
            var answers = await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => tus.CreateAsync(1000)));

            var begun = answers.Where(a => a.Status == HttpStatusCode.Created).ToList();
            Assert.Equal(3, begun.Count);
            Assert.All(answers.Except(begun), a => Assert.Equal((HttpStatusCode.InsufficientStorage, "upload.no_room"), (a.Status, a.Code)));
            foreach (var upload in begun)
                await tus.DeleteAsync(upload.Place);
        }
    }

    [Fact]
    public async Task Only_so_many_uploads_are_begun_and_not_finished_at_once()
    {
        await using var app = await GoImgApp.StartAsync("Uploads:MaxUnfinished=3");
        using var tus = await TusClient.OpenAsync(await app.SignUpAsync("ana"));
        using var ben = await TusClient.OpenAsync(await app.SignUpAsync("ben"));

        var answers = await Task.WhenAll(Enumerable.Range(0, 30).Select(_ => tus.CreateAsync(1000)));

        Assert.Equal(3, answers.Count(a => a.Status == HttpStatusCode.Created));
        Assert.All(
            answers.Where(a => a.Status != HttpStatusCode.Created),
            a => Assert.Equal((HttpStatusCode.TooManyRequests, "upload.too_many_unfinished"), (a.Status, a.Code))
        );
        Assert.Equal(HttpStatusCode.Created, (await ben.CreateAsync(1000)).Status);
        await tus.DeleteAsync(answers.First(a => a.Status == HttpStatusCode.Created).Place);
        Assert.NotNull((await tus.CreateWithAsync(Pictures.Png()))["GoImg-Image-Id"]);
        Assert.NotNull((await tus.CreateWithAsync(Pictures.Png(2)))["GoImg-Image-Id"]);
    }

    [Fact]
    public async Task An_upload_that_becomes_an_image_takes_its_room_once()
    {
        var file = Pictures.Png();
        await using var app = await GoImgApp.StartAsync($"Limits:MaxMemberBytes={file.Length}");
        var ana = await app.SignUpAsync("ana");
        using var tus = await TusClient.OpenAsync(ana);

        var upload = (await tus.CreateWithAsync(file[..30], file.Length)).Place;
        var other = await ana.UploadAsync(Pictures.Png(2));
        var done = await tus.PatchAsync(upload, 30, file[30..]);

        Assert.IsType<ImageErrors.QuotaExceeded>(other.Error);
        Assert.NotNull(done["GoImg-Image-Id"]);
        Assert.Equal(file.Length, await app.InScopeAsync<IImages, long>(images => images.UsedBytesAsync(ana.Id, CancellationToken.None)));
        Assert.Equal("upload.no_room", (await tus.CreateAsync(1)).Code);
    }

    [Fact]
    public async Task An_upload_goes_into_the_album_it_names()
    {
        await using var app = await GoImgApp.StartAsync();
        var ana = await app.SignUpAsync("ana");
        var ben = await app.SignUpAsync("ben");
        var album = (
            await app.InScopeAsync<AlbumService, Result<Album>>(albums =>
                albums.CreateAsync(ana.Actor, AlbumDetails.Create("Sea", "", Visibility.Private, AlbumOrder.Manual).Value(), CancellationToken.None)
            )
        ).Value();
        using var tus = await TusClient.OpenAsync(ana);
        using var bens = await TusClient.OpenAsync(ben);
        var metadata = TusClient.Metadata(("album_id", album.Id.ToString()));

        var done = await tus.CreateWithAsync(Pictures.Png(), metadata: metadata);
        var foreign = await bens.CreateWithAsync(Pictures.Png(), metadata: metadata);

        Assert.Equal((HttpStatusCode.Created, "validation.failed"), (done.Status, foreign.Code));
        var view = await app.InScopeAsync<IAlbumQueries, AlbumView?>(queries => queries.FindAsync(ana.Actor, album.Id, CancellationToken.None));
        Assert.Equal(1, view!.Images);
    }

    [Fact]
    public async Task Uploads_count_against_the_hours_limit_when_they_begin()
    {
        await using var app = await GoImgApp.StartAsync("Limits:UploadsPerHourOfNewMembers=2", "Limits:UploadsPerHour=2");
        using var tus = await TusClient.OpenAsync(await app.SignUpAsync("ana"));

        var answers = new[] { await tus.CreateAsync(100), await tus.CreateAsync(100), await tus.CreateAsync(100) };

        Assert.Equal([HttpStatusCode.Created, HttpStatusCode.Created, HttpStatusCode.TooManyRequests], answers.Select(a => a.Status));
        Assert.True(answers[2].Headers.RetryAfter?.Delta > TimeSpan.Zero);
    }

    [Fact]
    public async Task A_full_store_is_told_and_what_was_there_before_stays()
    {
        await using var app = await GoImgApp.StartAsync($"Storage:ReserveBytes={long.MaxValue}");
        using var tus = await TusClient.OpenAsync(await app.SignUpAsync("ana"));
        var upload = (await tus.CreateAsync(1000)).Place;

        var patched = await tus.PatchAsync(upload, 0, new byte[10]);
        var created = await tus.CreateWithAsync(new byte[10]);

        Assert.All([patched, created], a => Assert.Equal((HttpStatusCode.InsufficientStorage, "storage.full"), (a.Status, a.Code)));
        Assert.Equal((HttpStatusCode.OK, 0), ((await tus.HeadAsync(upload)).Status, (await tus.HeadAsync(upload)).Offset));
        Assert.Empty(app.StagedFiles());
    }

    [Fact]
    public async Task What_no_one_came_back_for_is_swept_and_what_is_whole_becomes_an_image()
    {
        await using var app = await GoImgApp.StartAsync(GoImgApp.NoJobs);
        var ana = await app.SignUpAsync("ana");
        using var tus = await TusClient.OpenAsync(ana);
        var file = Pictures.Png();
        var left = (await tus.CreateAsync(1000)).Place;
        await tus.PatchAsync(left, 0, new byte[400]);
        var whole = (await tus.CreateWithAsync(file[..50], file.Length)).Place;
        await tus.PatchAsync(whole, 50, file[50..^1]);
        var young = (await tus.CreateWithAsync(new byte[10], 1000)).Place;
        await app.ExecuteSqlAsync($"UPDATE uploads SET expires_at = now() - interval '1 second' WHERE id = '{left[^36..]}'");
        // As if the server had died when the last byte was counted, and before the image was made.
        var last = await tus.PatchAsync(whole, file.Length - 1, file[^1..]);
        await app.ExecuteSqlAsync($"DELETE FROM image_counters; DELETE FROM images");

        var outcome = await app.InScopeAsync<IJobHandler<SweepUploadsJob>, JobOutcome>(sweep =>
            sweep.HandleAsync(new SweepUploadsJob(), new JobAttempt(1, 1), CancellationToken.None)
        );

        Assert.IsType<JobOutcome.Done>(outcome);
        Assert.NotNull(last["GoImg-Image-Id"]);
        Assert.Equal(HttpStatusCode.NotFound, (await tus.HeadAsync(left)).Status);
        Assert.Equal(10, (await tus.HeadAsync(young)).Offset);
        Assert.Single(await app.ObjectsAsync("uploads/"));
    }

    [Fact]
    public async Task The_tray_needs_its_pages_token_besides_the_cookie()
    {
        await using var app = await GoImgApp.StartAsync();
        var ana = await app.SignUpAsync("ana");
        var token = await ana.TokenAsync();

        var without = await SendAsync(ana.Http, "POST", "/uploads", null);
        var forged = await SendAsync(ana.Http, "POST", "/uploads", "made-up");
        var genuine = await SendAsync(ana.Http, "POST", "/uploads", token);
        var visitor = await SendAsync(app.Anonymous, "POST", "/uploads", token);
        var place = genuine.Headers.Location!.ToString();

        Assert.Equal(
            [HttpStatusCode.BadRequest, HttpStatusCode.BadRequest, HttpStatusCode.Created, HttpStatusCode.Unauthorized],
            new[] { without, forged, genuine, visitor }.Select(a => a.StatusCode)
        );
        Assert.StartsWith("/uploads/", place, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await SendAsync(ana.Http, "HEAD", place, null)).StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, (await SendAsync(ana.Http, "DELETE", place, null)).StatusCode);
        Assert.Equal(HttpStatusCode.NoContent, (await SendAsync(ana.Http, "DELETE", place, token)).StatusCode);
    }

    [Fact]
    public async Task The_tray_learns_which_files_are_ones_own_already_and_nothing_of_others()
    {
        await using var app = await GoImgApp.StartAsync();
        var ana = await app.SignUpAsync("ana");
        var ben = await app.SignUpAsync("ben");
        var mine = (await ana.UploadAsync(Pictures.Png(1))).Value();
        await ben.UploadAsync(Pictures.Png(2), Visibility.Public);
        string Hash(int seed) => Convert.ToHexStringLower(SHA256.HashData(Pictures.Png(seed)));

        var known = await AskAsync(ana, [Hash(1), Hash(2), Hash(3)]);
        var odd = await AskAsync(ana, ["xyz"]);
        var none = await AskAsync(ana, []);

        var answer = Assert.Single(JsonDocument.Parse(known.Text).RootElement.EnumerateArray().ToList());
        Assert.Equal((Hash(1), mine.ImageId.ToString()), (answer.GetProperty("sha256").GetString(), answer.GetProperty("id").GetString()));
        Assert.Equal((400, 400), (odd.Status, none.Status));
    }

    private static async Task<(int Status, string Text)> AskAsync(MemberClient member, string[] sha256)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/uploads/known") { Content = JsonContent.Create(new { sha256 }) };
        request.Headers.Add("RequestVerificationToken", await member.TokenAsync());
        using var answer = await member.Http.SendAsync(request, TestContext.Current.CancellationToken);
        return ((int)answer.StatusCode, await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    private static async Task<HttpResponseMessage> SendAsync(HttpClient http, string method, string path, string? token)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        request.Headers.Add("Tus-Resumable", "1.0.0");
        request.Headers.Add("Upload-Length", "100");
        if (token is not null)
            request.Headers.Add("RequestVerificationToken", token);
        return await http.SendAsync(request, TestContext.Current.CancellationToken);
    }
}
