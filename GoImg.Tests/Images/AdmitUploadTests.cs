using System.Net.Sockets;
using System.Text;
using GoImg.Core.Accounts;
using GoImg.Core.Albums;
using GoImg.Core.Images;
using GoImg.Core.RateLimits;
using GoImg.Core.Shared;
using GoImg.Core.Storage;
using GoImg.Tests.Harness;
using Microsoft.Extensions.DependencyInjection;

namespace GoImg.Tests.Images;

public sealed class AdmitUploadTests
{
    private static readonly ImageDetails Details = ImageDetails.Create("", "", "", [], Visibility.Private, ContentRating.Safe).Value();

    [Fact]
    public async Task A_file_counts_once_whatever_way_it_comes()
    {
        await using var app = await GoImgApp.StartAsync("Limits:UploadsPerHourOfNewMembers=5", "Limits:UploadsPerHour=5");
        var ana = await app.SignUpAsync("ana");
        using var tus = await TusClient.OpenAsync(ana);
        var parts = Pictures.Png(4);

        (await ana.PostFileAsync(Pictures.Png(1))).EnsureSuccessStatusCode().Dispose();
        Assert.True((await ana.UploadAsync(Pictures.Png(2))).IsSuccess);
        Assert.NotNull((await tus.CreateWithAsync(Pictures.Png(3)))["GoImg-Image-Id"]);
        var begun = await tus.CreateWithAsync(parts[..50], parts.Length);
        Assert.NotNull((await tus.PatchAsync(begun.Place, 50, parts[50..]))["GoImg-Image-Id"]);
        using var form = new MultipartFormDataContent
        {
            { new StringContent(await ana.TokenAsync()), "__RequestVerificationToken" },
            { new ByteArrayContent(Pictures.Png(5)), "file", "one.png" },
        };
        using var answer = await ana.Http.PostAsync("/upload", form, TestContext.Current.CancellationToken);

        Assert.Equal("/library", answer.Headers.Location?.ToString());
        Assert.IsType<RateLimitExceeded>((await ana.UploadAsync(Pictures.Png(6))).Error);
    }

    [Fact]
    public async Task What_the_length_tells_is_refused_before_a_byte_of_the_file_is_read()
    {
        await using var app = await GoImgApp.StartAsync("Limits:MaxFileBytes=8000000", "Limits:MaxMemberBytes=4000000");
        var ana = await app.SignUpAsync("ana");
        using var api = new ApiClient(app);
        await api.SignInAsync(ana.Username);
        using var connection = new TcpClient();
        await connection.ConnectAsync(app.Address.Host, app.Address.Port, TestContext.Current.CancellationToken);
        await using var stream = connection.GetStream();

        // A file of seven million bytes is announced, and none of it is sent.
        await stream.WriteAsync(
            Encoding.ASCII.GetBytes(
                $"POST /api/v1/images HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {api.AccessToken}\r\nContent-Type: multipart/form-data; boundary=b\r\n"
                    + "Content-Length: 7000000\r\n\r\n--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.png\"\r\n\r\n"
            ),
            TestContext.Current.CancellationToken
        );
        using var reader = new StreamReader(stream);
        var status = await reader.ReadLineAsync(TestContext.Current.CancellationToken);

        Assert.StartsWith("HTTP/1.1 507", status, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_reasons_to_refuse_are_asked_in_their_order()
    {
        await using var app = await GoImgApp.StartAsync(GoImgApp.NoJobs, "Limits:MaxMemberBytes=20000");
        var ana = await app.SignUpAsync("ana");
        var known = (await ana.UploadAsync(Pictures.Png(1))).Value();
        var noAlbum = new NewImage(Details, "a.png", UploadSource.Api) { Album = Guid.CreateVersion7() };
        var plain = noAlbum with { Album = null };
        var rules = new List<string>();

        Assert.IsType<SignInRequired>((await AcceptAsync(Actor.Visitor(null), "words"u8.ToArray(), noAlbum)).Error);
        Assert.IsType<ImageErrors.QuotaExceeded>((await AcceptAsync(ana.Actor, new byte[20_000], noAlbum)).Error);
        Assert.Equal(known.ImageId, (await AcceptAsync(ana.Actor, Pictures.Png(1), noAlbum)).Value().ImageId);
        Assert.IsType<ValidationFailed>((await AcceptAsync(ana.Actor, "words"u8.ToArray(), noAlbum)).Error);
        Assert.Empty(rules);
        Assert.Equal("second", (await AcceptAsync(ana.Actor, "words"u8.ToArray(), plain)).Error?.Code);
        Assert.Equal(["first", "second"], rules);

        async Task<Result<UploadOutcome>> AcceptAsync(Actor actor, byte[] file, NewImage image)
        {
            await using var scope = app.Services.CreateAsyncScope();
            IUploadRule[] all = [new Rule("first", rules), new Rule("second", rules), new Rule("third", rules)];
            var upload = ActivatorUtilities.CreateInstance<UploadImage>(scope.ServiceProvider, (object)all);
            return await upload.UploadAsync(actor, file, image);
        }
    }

    [Fact]
    public async Task An_album_that_goes_while_its_upload_is_under_way_costs_no_image()
    {
        await using var app = await GoImgApp.StartAsync();
        var ana = await app.SignUpAsync("ana");
        using var tus = await TusClient.OpenAsync(ana);
        var album = (
            await app.InScopeAsync<AlbumService, Result<Album>>(albums =>
                albums.CreateAsync(ana.Actor, AlbumDetails.Create("Sea", "", Visibility.Private, AlbumOrder.Manual).Value(), CancellationToken.None)
            )
        ).Value();
        var file = Pictures.Png();
        var begun = await tus.CreateWithAsync(file[..50], file.Length, TusClient.Metadata(("album_id", album.Id.ToString())));

        await app.InScopeAsync<AlbumService, Result>(albums => albums.DeleteAsync(ana.Actor, album.Id, CancellationToken.None));
        var done = await tus.PatchAsync(begun.Place, 50, file[50..]);

        Assert.NotNull(done["GoImg-Image-Id"]);
    }

    private sealed class Rule(string name, List<string> asked) : IUploadRule
    {
        public Task<Error?> CheckAsync(Actor actor, StagedObject staged, NewImage image, CancellationToken cancellationToken)
        {
            asked.Add(name);
            return Task.FromResult<Error?>(name == "second" ? new Refused() : null);
        }

        private sealed record Refused() : Error(ErrorKind.Invalid, "second", "No.");
    }
}
