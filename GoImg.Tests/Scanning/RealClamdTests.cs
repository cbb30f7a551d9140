using System.IO.Compression;
using System.Text;
using System.Text.Json;
using GoImg.Core.Accounts;
using GoImg.Core.Images;
using GoImg.Core.Shared;
using GoImg.Tests.Harness;

namespace GoImg.Tests.Scanning;

/// <summary>Malware by every road an upload can take, with the real scanner and the running application.</summary>
public sealed class RealClamdTests
{
    private const string Found = "Eicar-Test-Signature.UNOFFICIAL";

    [Fact]
    public async Task Malware_by_any_road_is_quarantined_reachable_by_no_one_and_told_to_its_owner_and_the_staff()
    {
        await using var clamd = await Clamd.StartAsync();
        await using var app = await GoImgApp.StartAsync("Scanning:Kind=clamav", $"Scanning:ClamAv={clamd.Address}");
        var (ana, ben, mia, ada) = (
            await app.SignUpAsync("ana"),
            await app.SignUpAsync("ben"),
            await app.SignUpAsync("mia", Role.Moderator),
            await app.SignUpAsync("ada", Role.Admin)
        );
        await AssertRefusedAtTheDoorAsync(app, ana);
        var infected = new List<ImageId>();
        var clean = new List<ImageId>();

        foreach (var road in new Func<MemberClient, byte[], string, Task<ImageId>>[] { ByFormAsync, ByApiAsync, ByTusAsync })
        {
            foreach (var (carrier, file) in Carriers(seed: infected.Count))
                infected.Add(await road(ana, file, carrier));
            clean.Add(await road(ana, Samples.Jpeg(80 + clean.Count, 60), "clean"));
        }

        var images = new List<Image>();
        foreach (var id in infected)
            images.Add(await app.WaitForImageAsync(id));
        Assert.All(
            images,
            i =>
                Assert.Equal(
                    (ImageState.Quarantined, new ImageErrors.Infected(Found).Code, new ImageErrors.Infected(Found).Message),
                    (i.State, i.FailureCode, i.FailureReason)
                )
        );
        foreach (var id in clean)
            Assert.Equal(ImageState.Active, (await app.WaitForImageAsync(id)).State);
        await AssertNothingElseRemainsAsync(app, infected, clean);
        foreach (var image in images)
            await AssertReachableByNobodyAsync(image, [app.Anonymous, ben.Http, ana.Http, mia.Http, ada.Http]);
        await AssertToldAsync(app, images, ana, [mia, ada], ben);
    }

    /// <summary>Pictures that carry the test file where viewers do not look; no two seeds give the same bytes.</summary>
    private static (string Name, byte[] File)[] Carriers(int seed)
    {
        var comment = new List<byte>();
        JpegSample.Segment(comment, 0xFE, Clamd.Eicar);
        return
        [
            ("appended", [.. Samples.Jpeg(64 + seed, 48), .. Clamd.Eicar]),
            (
                "in a comment",
                JpegSample.Create(
                    64 + seed,
                    48,
                    (x, y) => ((byte)x, (byte)y, 90),
                    [
                        [.. comment],
                    ]
                )
            ),
            ("in a text", Samples.Png(64 + seed, 48, extraChunks: [PngSample.Chunk("tEXt", [.. "Comment\0"u8, .. Clamd.Eicar])])),
            ("in an archive that is a PNG too", [.. Samples.Png(64 + seed, 48), .. Zip(Clamd.Eicar)]),
            ("behind a GIF", [.. Samples.Gif(64 + seed, 48), .. Clamd.Eicar]),
        ];
    }

    private static async Task<ImageId> ByFormAsync(MemberClient member, byte[] file, string title)
    {
        using var form = await FormAsync(member, file, title);
        using var answer = await member.Http.PostAsync("/upload", form, TestContext.Current.CancellationToken);
        Assert.Equal("/library", answer.Headers.Location?.ToString());
        var page = await member.App.InScopeAsync<IImageQueries, Page<ImageTile>>(images =>
            images.LibraryAsync(member.Actor, LibraryFilter.All, null, 1, TestContext.Current.CancellationToken)
        );
        return page.Items[0].Id;
    }

    private static async Task<ImageId> ByApiAsync(MemberClient member, byte[] file, string title)
    {
        using var answer = await member.PostFileAsync(file, new() { ["title"] = title, ["visibility"] = "public" });
        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        return new ImageId(
            JsonDocument.Parse(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).RootElement.GetProperty("id").GetGuid()
        );
    }

    private static async Task<ImageId> ByTusAsync(MemberClient member, byte[] file, string title)
    {
        using var tus = await TusClient.OpenAsync(member);
        var upload = (
            await tus.CreateAsync(file.Length, TusClient.Metadata(("filename", "a.png"), ("title", title), ("visibility", "public")))
        ).Place;
        // the malware is cut in two
        await tus.PatchAsync(upload, 0, file[..^30]);
        var last = await tus.PatchAsync(upload, file.Length - 30, file[^30..]);
        return new ImageId(Guid.Parse(last["GoImg-Image-Id"]!));
    }

    private static async Task<MultipartFormDataContent> FormAsync(MemberClient member, byte[] file, string title) =>
        new()
        {
            { new StringContent(await member.TokenAsync()), "__RequestVerificationToken" },
            { new StringContent(title), "title" },
            { new StringContent("public"), "visibility" },
            { new ByteArrayContent(file), "file", "a.png" },
        };

    /// <summary>The test file as it is: no image, so no road takes it in.</summary>
    private static async Task AssertRefusedAtTheDoorAsync(GoImgApp app, MemberClient ana)
    {
        using var tus = await TusClient.OpenAsync(ana);
        using var byApi = await ana.PostFileAsync(Clamd.Eicar);
        var byTus = await tus.CreateWithAsync(Clamd.Eicar, metadata: TusClient.Metadata(("filename", "eicar.png")));
        using var form = await FormAsync(ana, Clamd.Eicar, "eicar");
        using var byForm = await ana.Http.PostAsync("/upload", form, TestContext.Current.CancellationToken);

        Assert.Equal(
            (HttpStatusCode.UnsupportedMediaType, "image.format"),
            (
                byApi.StatusCode,
                JsonDocument
                    .Parse(await byApi.Content.ReadAsStringAsync(TestContext.Current.CancellationToken))
                    .RootElement.GetProperty("code")
                    .GetString()
            )
        );
        Assert.Equal((HttpStatusCode.UnsupportedMediaType, "image.format"), (byTus.Status, byTus.Code));
        Assert.Equal("/upload", byForm.Headers.Location?.ToString());
        Assert.Contains(
            "This is not an image GoImg takes",
            await ana.Http.GetStringAsync("/upload", TestContext.Current.CancellationToken),
            StringComparison.Ordinal
        );
        Assert.Empty(await app.ObjectsAsync());
        Assert.Empty(app.StagedFiles());
    }

    private static async Task AssertNothingElseRemainsAsync(GoImgApp app, List<ImageId> infected, List<ImageId> clean)
    {
        var kept = infected
            .Select(i => ImageObjectKeys.Quarantine(i).Value)
            .Concat(clean.Select(i => ImageObjectKeys.Original(i).Value))
            .Order(StringComparer.Ordinal);
        await Eventually.TrueAsync(async () =>
            (await app.ObjectsAsync()).Where(o => !o.StartsWith("renditions/", StringComparison.Ordinal)).SequenceEqual(kept)
        );
        Assert.Equal(clean.Count, (await app.ObjectsAsync("renditions/")).Count);
        Assert.Empty(app.StagedFiles());
        foreach (var id in infected)
            Assert.True((await app.ReadAsync(ImageObjectKeys.Quarantine(id))).Length > 0);
    }

    private static async Task AssertReachableByNobodyAsync(Image image, HttpClient[] browsers)
    {
        string[] sizes = ["thumb", "small", "medium", "large", "xlarge"];
        string[] variants = ["thumbnail", "small", "medium", "large", "xlarge", "original"];
        string[] addresses =
        [
            .. sizes.Select(s => $"/i/{image.Slug}/{s}"),
            $"/i/{image.Slug}/download",
            .. variants.Select(v => $"/api/v1/images/{image.Id.Value}/variants/{v}"),
            $"/api/v1/images/{image.Id.Value}/download",
        ];
        foreach (var browser in browsers)
        foreach (var address in addresses)
        {
            using var answer = await browser.GetAsync(address, TestContext.Current.CancellationToken);
            // who may know of the image at all is told that a download is not allowed
            Assert.True(
                answer.StatusCode is HttpStatusCode.NotFound
                    || (answer.StatusCode == HttpStatusCode.Forbidden && address.EndsWith("/download", StringComparison.Ordinal)),
                $"{address}: {answer.StatusCode}"
            );
        }
    }

    private static async Task AssertToldAsync(GoImgApp app, List<Image> images, MemberClient owner, MemberClient[] staff, MemberClient stranger)
    {
        using var api = new ApiClient(app);
        await api.SignInAsync(owner.Username);
        foreach (var image in images)
        {
            var status = await api.GetAsync($"images/{image.Id.Value}/status");
            Assert.Equal(("quarantined", "image.infected", image.FailureReason), (status["status"], status["failure_code"], status["reason"]));
        }

        var toOwner = images.Select(i => $"Your image “{i.Title}” was quarantined. {i.FailureReason}");
        var toStaff = images.Select(i => $"The virus scanner found {Found} in the image “{i.Title}” of ana. It is quarantined; no one can open it.");
        Assert.Equal(toOwner.Order(StringComparer.Ordinal), (await SentencesAsync(owner, images.Count)).Order(StringComparer.Ordinal));
        foreach (var member in staff)
            Assert.Equal(toStaff.Order(StringComparer.Ordinal), (await SentencesAsync(member, images.Count)).Order(StringComparer.Ordinal));
        Assert.Empty(await SentencesAsync(stranger, 0));
        foreach (var member in staff.Prepend(owner))
            Assert.Equal(
                images.Count,
                Count(
                    WebUtility.HtmlDecode(await member.Http.GetStringAsync("/account/decisions", TestContext.Current.CancellationToken)),
                    $"found {Found}"
                )
            );
    }

    private static async Task<IEnumerable<string>> SentencesAsync(MemberClient member, int count) =>
        (await member.NotificationsAsync(count)).Select(n => n.Sentence);

    private static int Count(string text, string part) => text.Split(part).Length - 1;

    private static byte[] Zip(byte[] content)
    {
        using var file = new MemoryStream();
        using (var zip = new ZipArchive(file, ZipArchiveMode.Create, leaveOpen: true, Encoding.UTF8))
        using (var entry = zip.CreateEntry("readme.txt").Open())
            entry.Write(content);
        return file.ToArray();
    }
}
