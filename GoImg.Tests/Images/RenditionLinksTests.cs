using System.Net.Http.Headers;
using System.Text;
using GoImg.Core.Accounts;
using GoImg.Core.Images;
using GoImg.Core.Rendering;
using GoImg.Core.Shared;
using GoImg.Core.Storage;
using GoImg.Tests.Harness;
using GoImg.Tests.Rendering;
using Microsoft.Extensions.DependencyInjection;

namespace GoImg.Tests.Images;

public sealed class RenditionLinksTests(SharedApp shared) : IClassFixture<SharedApp>
{
    [Fact]
    public async Task A_public_rendition_comes_with_every_header_that_guards_and_caches_it()
    {
        var app = shared.App;
        var image = await (await shared.SignUpAsync("ana")).HasImageAsync();

        using var answer = await AskAsync(app.Anonymous, image, "small");
        var bytes = await answer.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal("image/webp", answer.Content.Headers.ContentType?.MediaType);
        Assert.Equal(await app.ReadAsync(ImageObjectKeys.Rendition(image.Id, image.RenditionSet, "thumbnail.webp")), bytes);
        Assert.Equal(bytes.Length, answer.Content.Headers.ContentLength);
        Assert.False(answer.Headers.ETag!.IsWeak);
        Assert.Equal("public, max-age=86400, s-maxage=300", Header(answer, "Cache-Control"));
        Assert.Equal("nosniff", Header(answer, "X-Content-Type-Options"));
        Assert.Equal("default-src 'none'; sandbox", Header(answer, "Content-Security-Policy"));
        Assert.Equal("cross-origin", Header(answer, "Cross-Origin-Resource-Policy"));
        Assert.Equal("Accept", Header(answer, "Vary"));
        Assert.Equal("bytes", Header(answer, "Accept-Ranges"));
    }

    [Theory]
    [InlineData("thumb", 160)]
    [InlineData("small", 320)]
    [InlineData("medium", 800)]
    [InlineData("large", 1600)]
    [InlineData("xlarge", 2560)]
    public async Task Every_size_is_served_under_its_short_name(string name, int maxSidePx)
    {
        var app = shared.App;
        var image = await (await shared.SignUpAsync("ana")).HasImageAsync(widthPx: 3000, heightPx: 1500);

        using var answer = await AskAsync(app.Anonymous, image, name);

        await using var inspected = await answer.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken);
        using var copy = new MemoryStream();
        await inspected.CopyToAsync(copy, TestContext.Current.CancellationToken);
        var header = (await app.Services.GetRequiredService<IImageInspector>().InspectAsync(copy, TestContext.Current.CancellationToken)).Value();
        Assert.Equal((maxSidePx, maxSidePx / 2), (header.WidthPx, header.HeightPx));
    }

    [Fact]
    public async Task A_known_rendition_is_not_sent_again()
    {
        var app = shared.App;
        var image = await (await shared.SignUpAsync("ana")).HasImageAsync();
        using var first = await AskAsync(app.Anonymous, image, "large");

        using var second = await AskAsync(app.Anonymous, image, "large", r => r.IfNoneMatch.Add(first.Headers.ETag!));

        Assert.Equal(HttpStatusCode.NotModified, second.StatusCode);
        Assert.Equal(first.Headers.ETag, second.Headers.ETag);
        Assert.Equal(Header(first, "Cache-Control"), Header(second, "Cache-Control"));
        Assert.Equal("Accept", Header(second, "Vary"));
        Assert.Empty(await second.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_range_is_answered_in_part_and_one_outside_is_refused()
    {
        var app = shared.App;
        var image = await (await shared.SignUpAsync("ana")).HasImageAsync();
        var whole = await app.ReadAsync(ImageObjectKeys.Rendition(image.Id, image.RenditionSet, "thumbnail.webp"));

        using var part = await AskAsync(app.Anonymous, image, "large", r => r.Range = new RangeHeaderValue(4, 11));
        using var beyond = await AskAsync(app.Anonymous, image, "large", r => r.Range = new RangeHeaderValue(whole.Length + 10, null));

        Assert.Equal(HttpStatusCode.PartialContent, part.StatusCode);
        Assert.Equal(whole[4..12], await part.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken));
        Assert.Equal($"bytes 4-11/{whole.Length}", part.Content.Headers.ContentRange?.ToString());
        Assert.Equal(HttpStatusCode.RequestedRangeNotSatisfiable, beyond.StatusCode);
        Assert.Equal("private, no-store", Header(beyond, "Cache-Control"));
        Assert.Null(beyond.Headers.ETag);
    }

    [Fact]
    public async Task A_condition_that_does_not_hold_is_said_and_kept_by_no_one()
    {
        var app = shared.App;
        var image = await (await shared.SignUpAsync("ana")).HasImageAsync();
        using var first = await AskAsync(app.Anonymous, image, "large");

        using var other = await AskAsync(app.Anonymous, image, "large", r => r.IfMatch.Add(new EntityTagHeaderValue("\"x\"")));
        using var same = await AskAsync(app.Anonymous, image, "large", r => r.IfMatch.Add(first.Headers.ETag!));
        using var weak = await AskAsync(
            app.Anonymous,
            image,
            "large",
            r => r.IfMatch.Add(new EntityTagHeaderValue(first.Headers.ETag!.Tag, isWeak: true))
        );
        using var any = await AskAsync(app.Anonymous, image, "large", r => r.IfMatch.Add(EntityTagHeaderValue.Any));
        using var none = await AskAsync(app.Anonymous, image, "large", r => r.IfNoneMatch.Add(EntityTagHeaderValue.Any));

        Assert.Equal((HttpStatusCode.PreconditionFailed, HttpStatusCode.PreconditionFailed), (other.StatusCode, weak.StatusCode));
        Assert.Equal("private, no-store", Header(other, "Cache-Control"));
        Assert.Null(other.Headers.ETag);
        Assert.Equal("text/plain", other.Content.Headers.ContentType?.MediaType);
        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK, HttpStatusCode.NotModified), (same.StatusCode, any.StatusCode, none.StatusCode));
    }

    [Fact]
    public async Task Head_answers_as_get_without_the_bytes()
    {
        var app = shared.App;
        var image = await (await shared.SignUpAsync("ana")).HasImageAsync();
        using var get = await AskAsync(app.Anonymous, image, "medium");

        using var head = await app.Anonymous.SendAsync(
            new HttpRequestMessage(HttpMethod.Head, $"/i/{image.Slug}/medium"),
            TestContext.Current.CancellationToken
        );

        Assert.Equal(HttpStatusCode.OK, head.StatusCode);
        Assert.Equal(get.Content.Headers.ContentLength, head.Content.Headers.ContentLength);
        Assert.Equal(get.Headers.ETag, head.Headers.ETag);
        Assert.Empty(await head.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_client_that_takes_no_webp_gets_jpeg()
    {
        (string? Accept, string MediaType)[] rows =
        [
            (null, "image/webp"),
            ("*/*", "image/webp"),
            ("image/*", "image/webp"),
            ("image/avif,image/webp,*/*;q=0.8", "image/webp"),
            ("nonsense", "image/webp"),
            ("image/jpeg", "image/jpeg"),
            ("image/png,image/jpeg;q=0.9", "image/jpeg"),
            ("image/webp;q=0,*/*", "image/jpeg"),
            ("image/*;q=0,*/*", "image/jpeg"),
            ("text/html", "image/jpeg"),
        ];
        var app = shared.App;
        var image = await (await shared.SignUpAsync("ana")).HasImageAsync();

        foreach (var (accept, mediaType) in rows)
        {
            using var answer = await AskAsync(app.Anonymous, image, "small", r => _ = accept is null || r.TryAddWithoutValidation("Accept", accept));
            var bytes = await answer.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken);

            Assert.True(
                mediaType == answer.Content.Headers.ContentType?.MediaType,
                $"{accept}: {answer.StatusCode} {answer.Content.Headers.ContentType}"
            );
            Assert.Equal(mediaType == "image/jpeg" ? [0xFF, 0xD8] : "RI"u8.ToArray(), bytes[..2]);
        }
    }

    [Fact]
    public async Task A_jpeg_is_made_once_however_many_ask_and_has_a_tag_of_its_own()
    {
        var app = shared.App;
        var image = await (await shared.SignUpAsync("ana")).HasImageAsync();
        using var webp = await AskAsync(app.Anonymous, image, "large");

        var answers = await Task.WhenAll(
            Enumerable.Range(0, 20).Select(_ => AskAsync(app.Anonymous, image, "large", r => r.TryAddWithoutValidation("Accept", "image/jpeg")))
        );

        Assert.All(answers, a => Assert.Equal(HttpStatusCode.OK, a.StatusCode));
        Assert.Single(answers.Select(a => a.Headers.ETag!.Tag).Distinct());
        Assert.NotEqual(webp.Headers.ETag, answers[0].Headers.ETag);
        Assert.Single(await app.ObjectsAsync(ImageObjectKeys.RenditionsOf(image.Id)), key => key.EndsWith("thumbnail.jpg", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Who_may_not_see_an_image_is_answered_as_if_there_were_none()
    {
        var ana = await shared.SignUpAsync("ana");
        var ben = await shared.SignUpAsync("ben");
        var image = await ana.HasImageAsync(Visibility.Private);

        using var hidden = await AskAsync(ben.Http, image, "large");
        using var absent = await ben.GetAsync($"/i/{Slug.New()}/large");
        using var malformed = await ben.GetAsync("/i/no-such-slug/large");

        Assert.Equal(HttpStatusCode.NotFound, hidden.StatusCode);
        Assert.Equal("private, no-store", Header(hidden, "Cache-Control"));
        var body = await hidden.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        foreach (var other in new[] { absent, malformed })
        {
            Assert.Equal(HttpStatusCode.NotFound, other.StatusCode);
            Assert.Equal(body, await other.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
            Assert.Equal(Header(hidden, "Cache-Control"), Header(other, "Cache-Control"));
        }
    }

    [Fact]
    public async Task Who_sees_which_state_is_the_one_rule_and_only_listed_images_are_publicly_cacheable()
    {
        var app = shared.App;
        var ana = await shared.SignUpAsync("ana");
        var people = new (string Who, HttpClient Browser, bool Owner, bool Staff)[]
        {
            ("visitor", app.Anonymous, false, false),
            ("stranger", (await shared.SignUpAsync("ben")).Http, false, false),
            ("owner", ana.Http, true, false),
            ("moderator", (await shared.SignUpAsync("mia", Role.Moderator)).Http, false, true),
        };
        var image = await ana.HasImageAsync();
        var rows = (
            from state in new[] { "Active", "Flagged", "Deleted" }
            from visibility in Enum.GetValues<Visibility>()
            select (state, visibility)
        ).ToList();

        foreach (var (state, visibility) in rows)
        {
            await app.ExecuteSqlAsync(
                $"UPDATE images SET state = '{state}', visibility = '{visibility}', state_before_deletion = 'Active', deleted_at = now() WHERE id = '{image.Id}'"
            );
            foreach (var (who, browser, owner, staff) in people)
            {
                using var answer = await AskAsync(browser, image, "small");

                var sees = owner || staff || (state == "Active" && visibility != Visibility.Private);
                Assert.True(
                    answer.StatusCode == (sees ? HttpStatusCode.OK : HttpStatusCode.NotFound),
                    $"{who}, {state}, {visibility}: {answer.StatusCode}"
                );
                var isOpen = sees && state == "Active" && visibility != Visibility.Private;
                Assert.Equal(isOpen ? "cross-origin" : "same-origin", Header(answer, "Cross-Origin-Resource-Policy"));
                var isPublic = sees && state == "Active" && visibility == Visibility.Public;
                Assert.True(
                    Header(answer, "Cache-Control")!.StartsWith(isPublic ? "public" : "private, no-store", StringComparison.Ordinal),
                    $"{who}, {state}, {visibility}"
                );
            }
        }
    }

    [Fact]
    public async Task A_change_of_visibility_works_with_the_next_request()
    {
        var app = shared.App;
        var ana = await shared.SignUpAsync("ana");
        var image = await ana.HasImageAsync();
        using var before = await AskAsync(app.Anonymous, image, "large");
        var details = ImageDetails.Create("", "", "", [], Visibility.Private, ContentRating.Safe).Value();

        var edited = await app.InScopeAsync<ImageService, Result>(service =>
            service.EditAsync(ana.Actor, image.Id, new ImageEdit(details, null), CancellationToken.None)
        );
        using var after = await AskAsync(app.Anonymous, image, "large", r => r.IfNoneMatch.Add(before.Headers.ETag!));

        Assert.True(edited.IsSuccess);
        Assert.Equal(HttpStatusCode.NotFound, after.StatusCode);
    }

    [Fact]
    public async Task A_banned_members_images_are_gone_for_others()
    {
        var app = shared.App;
        var ana = await shared.SignUpAsync("ana");
        var image = await ana.HasImageAsync();

        await app.ExecuteSqlAsync($"UPDATE members SET status = 'Banned' WHERE id = '{ana.Id}'");

        using var answer = await AskAsync(app.Anonymous, image, "large");
        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    [Fact]
    public async Task A_lost_rendition_is_the_servers_fault_and_passes_and_an_image_without_any_is_absent()
    {
        var app = shared.App;
        var ana = await shared.SignUpAsync("ana");
        var ready = await ana.HasImageAsync();
        await app
            .Services.GetRequiredService<IObjectStore>()
            .DeleteAsync(ImageObjectKeys.Rendition(ready.Id, ready.RenditionSet, "thumbnail.webp"), CancellationToken.None);
        using var lost = await AskAsync(app.Anonymous, ready, "small");

        await app.ExecuteSqlAsync($"UPDATE images SET state = 'Failed' WHERE id = '{ready.Id}'");
        using var never = await AskAsync(ana.Http, ready, "small");

        Assert.Equal(HttpStatusCode.ServiceUnavailable, lost.StatusCode);
        Assert.Equal("30", Header(lost, "Retry-After"));
        Assert.Equal("private, no-store", Header(lost, "Cache-Control"));
        Assert.Equal(HttpStatusCode.NotFound, never.StatusCode);
    }

    [Fact]
    public async Task The_owner_downloads_the_original_and_others_a_clean_copy_if_they_may()
    {
        var app = shared.App;
        var ana = await shared.SignUpAsync("ana");
        var image = await ana.HasImageAsync();

        using var own = await ana.GetAsync($"/i/{image.Slug}/download");
        using var refused = await app.Anonymous.GetAsync($"/i/{image.Slug}/download", TestContext.Current.CancellationToken);
        await app.ExecuteSqlAsync($"UPDATE images SET allows_download = true WHERE id = '{image.Id}'");
        using var first = await app.Anonymous.GetAsync($"/i/{image.Slug}/download", TestContext.Current.CancellationToken);
        using var allowed = await DownloadAsync(app.Anonymous, image);

        Assert.Equal(Pictures.Png(), await own.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken));
        Assert.Equal("attachment", own.Content.Headers.ContentDisposition?.DispositionType);
        Assert.Equal("test.png", own.Content.Headers.ContentDisposition?.FileNameStar);
        Assert.Equal("private, no-store", Header(own, "Cache-Control"));
        Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
        Assert.Equal((HttpStatusCode.Accepted, "1"), (first.StatusCode, Header(first, "Retry-After")));
        Assert.Equal("image/png", allowed.Content.Headers.ContentType?.MediaType);
        Assert.Equal("attachment", allowed.Content.Headers.ContentDisposition?.DispositionType);
        Assert.Equal("A test.png", allowed.Content.Headers.ContentDisposition?.FileNameStar);
        Assert.Equal("default-src 'none'; sandbox", Header(allowed, "Content-Security-Policy"));
        Assert.Equal("private, no-store", Header(allowed, "Cache-Control"));
    }

    [Fact]
    public async Task Who_follows_the_link_of_a_download_waits_on_a_page_that_leads_to_it()
    {
        var app = shared.App;
        var image = await (await shared.SignUpAsync("ana")).HasImageAsync();
        await app.ExecuteSqlAsync($"UPDATE images SET allows_download = true WHERE id = '{image.Id}'");

        using var redirect = await AskAsync(app.Anonymous, image, "download", headers => headers.Add("Accept", "text/html"));
        var waiting = "";
        await Eventually.TrueAsync(async () =>
        {
            waiting = await app.Anonymous.GetStringAsync($"/i/{image.Slug}/downloading", TestContext.Current.CancellationToken);
            return waiting.Contains($"0;url=/i/{image.Slug}/download", StringComparison.Ordinal);
        });
        using var download = await AskAsync(app.Anonymous, image, "download", headers => headers.Add("Accept", "text/html"));
        await app.ExecuteSqlAsync($"UPDATE images SET allows_download = false WHERE id = '{image.Id}'");
        using var refused = await app.Anonymous.GetAsync($"/i/{image.Slug}/downloading", TestContext.Current.CancellationToken);

        Assert.Equal((HttpStatusCode.Redirect, $"/i/{image.Slug}/downloading"), (redirect.StatusCode, redirect.Headers.Location?.ToString()));
        Assert.Equal((HttpStatusCode.OK, "image/png"), (download.StatusCode, download.Content.Headers.ContentType?.MediaType));
        Assert.Equal(HttpStatusCode.NotFound, refused.StatusCode);
    }

    [Fact]
    public async Task A_download_for_others_is_the_original_picture_in_its_format_and_can_be_continued()
    {
        var app = shared.App;
        var ana = await shared.SignUpAsync("ana");
        byte[] file = [.. Samples.Jpeg(2000, 1500, orientation: 6, withMetadata: true), .. "PK\u0003\u0004 something hidden"u8];
        var image = await ana.WaitUntilReadyAsync((await ana.UploadAsync(file, Visibility.Public)).Value().ImageId);
        await app.ExecuteSqlAsync($"UPDATE images SET allows_download = true WHERE id = '{image.Id}'");

        using var download = await DownloadAsync(app.Anonymous, image);
        var bytes = await download.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken);
        using var rest = await AskAsync(app.Anonymous, image, "download", headers => headers.Range = new RangeHeaderValue(1000, null));
        using var own = await ana.GetAsync($"/i/{image.Slug}/download");

        Assert.Equal("image/jpeg", download.Content.Headers.ContentType?.MediaType);
        var header = Inspection.Of(bytes).Value();
        Assert.Equal((ImageFormat.Jpeg, 2000, 1500, 6), (header.Format, header.WidthPx, header.HeightPx, header.Orientation));
        Assert.Equal(HttpStatusCode.PartialContent, rest.StatusCode);
        Assert.Equal(bytes[1000..], await rest.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken));
        Assert.Equal(file, await own.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_download_of_a_format_that_is_encoded_anew_has_all_pixels_and_its_own_name()
    {
        var app = shared.App;
        var ana = await shared.SignUpAsync("ana");
        var image = await ana.WaitUntilReadyAsync(
            (await ana.UploadAsync(Samples.Tiff(300, 200, withMetadata: true), Visibility.Public)).Value().ImageId
        );
        await app.ExecuteSqlAsync($"UPDATE images SET allows_download = true, title = 'A scan' WHERE id = '{image.Id}'");

        using var download = await DownloadAsync(app.Anonymous, image);
        var bytes = await download.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken);

        Assert.Equal(
            ("image/webp", "A scan.webp"),
            (download.Content.Headers.ContentType?.MediaType, download.Content.Headers.ContentDisposition?.FileNameStar)
        );
        Assert.Equal((300, 200), Inspection.Of(bytes).Value() is var header ? (header.WidthPx, header.HeightPx) : default);
        Assert.Empty(MetadataScan.Find(bytes));
    }

    [Theory]
    [InlineData("👨‍👩‍👧‍👦", 255)]
    [InlineData("ä", 255)]
    [InlineData("\"", 40)]
    public async Task The_name_of_a_download_fits_into_a_header_whatever_the_title(string character, int count)
    {
        var app = shared.App;
        var image = await (await shared.SignUpAsync("ana")).HasImageAsync();
        await app.ExecuteSqlAsync(
            $"UPDATE images SET allows_download = true, title = '{string.Concat(Enumerable.Repeat(character, count))}' WHERE id = '{image.Id}'"
        );

        using var download = await DownloadAsync(app.Anonymous, image);

        Assert.InRange(Encoding.UTF8.GetByteCount(download.Content.Headers.NonValidated["Content-Disposition"].ToString()), 20, 600);
        var name = download.Content.Headers.ContentDisposition!.FileNameStar!;
        Assert.EndsWith(".png", name, StringComparison.Ordinal);
        Assert.StartsWith(character, name, StringComparison.Ordinal);
        Assert.DoesNotContain('\uFFFD', name);
    }

    /// <summary>Once it was made.</summary>
    private static Task<HttpResponseMessage> DownloadAsync(HttpClient browser, Image image) =>
        Eventually.GetAsync(() => AskAsync(browser, image, "download"), answer => answer.StatusCode == HttpStatusCode.OK, TimeSpan.FromMinutes(1));

    private static Task<HttpResponseMessage> AskAsync(HttpClient browser, Image image, string rendition, Action<HttpRequestHeaders>? with = null)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, $"/i/{image.Slug}/{rendition}");
        with?.Invoke(request.Headers);
        return browser.SendAsync(request, TestContext.Current.CancellationToken);
    }

    private static string? Header(HttpResponseMessage answer, string name) =>
        // As sent: HttpClient would put a parsed header's parts in its own order.
        answer.Headers.NonValidated.TryGetValues(name, out var values)
            ? values.ToString()
            : null;
}
