using System.Net.Http.Headers;
using GoImg.Core.Images;
using GoImg.Core.Storage;
using GoImg.Infrastructure.Storage;
using GoImg.Tests.Harness;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace GoImg.Tests.Storage;

/// <summary>Addresses that a local store signs and the application serves.</summary>
public sealed class SignedObjectsTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_signed_address_serves_the_object_with_what_was_said_of_it_whole_in_ranges_and_by_HEAD()
    {
        await using var app = await GoImgApp.StartAsync(GoImgApp.NoJobs);
        var ana = await app.SignUpAsync("ana");
        var file = Pictures.Png();
        var image = (await ana.UploadAsync(file)).Value();
        var address = await SignAsync(app, ImageObjectKeys.Original(image.ImageId), TimeSpan.FromMinutes(5));

        using var whole = await app.Anonymous.GetAsync(address, Ct);
        using var head = await app.Anonymous.SendAsync(new HttpRequestMessage(HttpMethod.Head, address), Ct);
        using var ranged = new HttpRequestMessage(HttpMethod.Get, address) { Headers = { Range = new RangeHeaderValue(10, 19) } };
        using var part = await app.Anonymous.SendAsync(ranged, Ct);

        Assert.Equal(file, await whole.Content.ReadAsByteArrayAsync(Ct));
        Assert.Equal(
            ("image/png", true, true),
            (whole.Content.Headers.ContentType?.MediaType, whole.Headers.CacheControl?.Private, whole.Headers.CacheControl?.NoStore)
        );
        Assert.Equal("nosniff", whole.Headers.GetValues("X-Content-Type-Options").Single());
        Assert.Equal((HttpStatusCode.OK, (long?)file.Length), (head.StatusCode, head.Content.Headers.ContentLength));
        Assert.Empty(await head.Content.ReadAsByteArrayAsync(Ct));
        Assert.Equal(HttpStatusCode.PartialContent, part.StatusCode);
        Assert.Equal(file[10..20], await part.Content.ReadAsByteArrayAsync(Ct));
    }

    [Fact]
    public async Task What_is_changed_in_a_signed_address_makes_it_none_and_it_tells_why()
    {
        await using var app = await GoImgApp.StartAsync(GoImgApp.NoJobs);
        var ana = await app.SignUpAsync("ana");
        var (mine, other) = ((await ana.UploadAsync(Pictures.Png(1))).Value(), (await ana.UploadAsync(Pictures.Png(2))).Value());
        var address = (await SignAsync(app, ImageObjectKeys.Original(mine.ImageId), TimeSpan.FromMinutes(5))).OriginalString;
        var expires = address.Split("expires=")[1].Split('&')[0];
        var later = (long.Parse(expires, System.Globalization.CultureInfo.InvariantCulture) + 1).ToString(
            System.Globalization.CultureInfo.InvariantCulture
        );
        string[] changed =
        [
            address.Replace(mine.ImageId.Value.ToString("n"), other.ImageId.Value.ToString("n"), StringComparison.Ordinal),
            address.Replace(expires, later, StringComparison.Ordinal),
            address[..^1] + (address[^1] == 'A' ? 'B' : 'A'),
            address[..^4],
            address + "A",
            address.Split('&')[0],
            address.Split('?')[0],
            "/objects/..%2F_signing-key?" + address.Split('?')[1],
            "/objects/_signing-key?" + address.Split('?')[1],
        ];

        foreach (var odd in changed)
        {
            using var refused = await app.Anonymous.GetAsync(odd, Ct);

            Assert.Equal((odd, HttpStatusCode.Forbidden), (odd, refused.StatusCode));
            Assert.Contains("its signature does not fit", await refused.Content.ReadAsStringAsync(Ct), StringComparison.Ordinal);
        }

        using var gone = await app.Anonymous.GetAsync(await SignAsync(app, ImageObjectKeys.Original(ImageId.New()), TimeSpan.FromMinutes(5)), Ct);
        using var over = await app.Anonymous.GetAsync(await SignAsync(app, ImageObjectKeys.Original(mine.ImageId), TimeSpan.FromSeconds(-1)), Ct);
        Assert.Equal((HttpStatusCode.NotFound, HttpStatusCode.Forbidden), (gone.StatusCode, over.StatusCode));
        Assert.Contains("limited time", await over.Content.ReadAsStringAsync(Ct), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_signed_address_is_good_until_its_second()
    {
        using var directory = new TempDirectory();
        var clock = new FakeTimeProvider(new DateTimeOffset(2026, 5, 4, 12, 0, 0, TimeSpan.Zero));
        var store = new LocalObjectStore(directory["objects"], reserveBytes: 0, clock);
        var key = ObjectKey.Parse("originals/ab/cat");
        var signature = (await store.GetSignedUrlAsync(key, TimeSpan.FromMinutes(1), Ct)).OriginalString.Split("signature=")[1];
        var address = new SignedUrl(key, clock.GetUtcNow().AddMinutes(1).ToUnixTimeSeconds(), signature);

        clock.Advance(TimeSpan.FromSeconds(59));
        Assert.True((await store.CheckAsync(address, Ct)).IsSuccess);
        clock.Advance(TimeSpan.FromSeconds(1));
        Assert.IsType<SignedUrlErrors.Expired>((await store.CheckAsync(address, Ct)).Error);
    }

    private static Task<Uri> SignAsync(GoImgApp app, ObjectKey key, TimeSpan validFor) =>
        app.Services.GetRequiredService<IObjectStore>().GetSignedUrlAsync(key, validFor, Ct);
}
