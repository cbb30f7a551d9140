using System.Text.RegularExpressions;
using GoImg.Core.Images;
using GoImg.Core.Shared;
using GoImg.Tests.Harness;

namespace GoImg.Tests.Images;

public sealed partial class ImagePageTests : IAsyncLifetime
{
    private GoImgApp _app = null!;
    private MemberClient _ana = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _app = await GoImgApp.StartAsync();
        _ana = await _app.SignUpAsync("ana");
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    [Fact]
    public async Task Hidden_and_absent_are_the_same_page()
    {
        var hidden = await _ana.HasImageAsync(Visibility.Private);

        var forHidden = await _app.Anonymous.GetAsync($"/i/{hidden.Slug}", Stop);
        var forAbsent = await _app.Anonymous.GetAsync($"/i/{Slug.New()}", Stop);

        Assert.Equal(HttpStatusCode.NotFound, forHidden.StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, forAbsent.StatusCode);
        Assert.Equal(await WithoutAddressAsync(forAbsent), await WithoutAddressAsync(forHidden));
    }

    [Theory]
    [InlineData(Visibility.Public, true)]
    [InlineData(Visibility.Unlisted, false)]
    public async Task Previews_elsewhere_show_public_images_only(Visibility visibility, bool hasPreview)
    {
        var image = await _ana.HasImageAsync(visibility);

        var html = await _app.Anonymous.GetStringAsync($"/i/{image.Slug}", Stop);

        Assert.Equal(hasPreview, html.Contains("og:image", StringComparison.Ordinal));
        Assert.Equal(!hasPreview, html.Contains("noindex", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_sensitive_image_is_covered_until_one_explicit_click_and_never_shown_to_visitors_in_lists()
    {
        var image = await _ana.HasImageAsync();
        await _app.InScopeAsync<ImageService, Result>(s =>
            s.EditAsync(
                _ana.Actor,
                image.Id,
                new ImageEdit(ImageDetails.Create("A", "", "", [], Visibility.Public, ContentRating.Nsfw).Value(), null),
                Stop
            )
        );
        using var visitor = _app.NewClient();

        var covered = await visitor.GetStringAsync($"/i/{image.Slug}", Stop);
        using var show = new FormUrlEncodedContent(new Dictionary<string, string> { ["choice"] = "show", ["returnUrl"] = "/" });
        await visitor.PostAsync("/sensitive", show, Stop);
        var shown = await visitor.GetStringAsync($"/i/{image.Slug}", Stop);
        var list = await visitor.GetStringAsync("/explore", Stop);

        Assert.DoesNotContain($"src=\"/i/{image.Slug}/", covered, StringComparison.Ordinal);
        Assert.DoesNotContain("og:image", covered, StringComparison.Ordinal);
        Assert.Contains($"src=\"/i/{image.Slug}/large?v={image.RenditionSet}\"", shown, StringComparison.Ordinal);
        Assert.Contains($"/i/{image.Slug}?", list, StringComparison.Ordinal);
        Assert.DoesNotContain($"/i/{image.Slug}/", list, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Previous_and_next_stay_in_the_list_one_came_from()
    {
        var bea = await _app.SignUpAsync("bea");
        var first = await _ana.HasImageAsync(seed: 1);
        await bea.HasImageAsync(seed: 2);
        var last = await _ana.HasImageAsync(seed: 3);

        var html = await _app.Anonymous.GetStringAsync($"/i/{last.Slug}?in=u:ana", Stop);

        Assert.Contains($"href=\"/i/{first.Slug}?in=u%3Aana\" rel=\"next\"", html, StringComparison.Ordinal);
        Assert.DoesNotContain("rel=\"prev\"", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_comment_is_posted_without_script_and_a_refused_one_keeps_its_text()
    {
        var image = await _ana.HasImageAsync();
        var page = $"/i/{image.Slug}";
        var tooLong = new string('x', 1001);

        var refused = await _ana.Http.PostFormAsync(page, "comment", new() { ["text"] = tooLong });
        var posted = await _ana.Http.PostFormAsync(page, "comment", new() { ["text"] = "See <b>https://example.org</b>." });
        var html = await _app.Anonymous.GetStringAsync(page, Stop);

        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        Assert.Contains(tooLong, await refused.Content.ReadAsStringAsync(Stop), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Redirect, posted.StatusCode);
        Assert.Contains("See &lt;b&gt;<a href=\"https://example.org/\" rel=\"nofollow ugc noopener noreferrer\"", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Forms_without_their_token_change_nothing()
    {
        var image = await _ana.HasImageAsync();
        foreach (var action in new[] { "like", "trash", "retry", "restore" })
        {
            using var empty = new FormUrlEncodedContent([]);
            var answer = await _ana.Http.PostAsync($"/i/{image.Slug}/{action}", empty, Stop);

            Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        }

        Assert.Equal(ImageState.Active, (await _app.FindImageAsync(image.Id))!.State);
    }

    [Fact]
    public async Task A_visitors_list_sets_no_cookie_and_loads_no_circuit()
    {
        await _ana.HasImageAsync();

        var answer = await _app.Anonymous.GetAsync("/", Stop);
        var html = await answer.Content.ReadAsStringAsync(Stop);

        Assert.False(answer.Headers.Contains("Set-Cookie"));
        Assert.False(answer.Headers.CacheControl?.NoStore ?? false);
        Assert.DoesNotContain("blazor.web.js", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_address_that_is_nobodys_has_a_page_too()
    {
        var answer = await _app.Anonymous.GetAsync("/nothing/here", Stop);

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.Contains("<h1>", await answer.Content.ReadAsStringAsync(Stop), StringComparison.Ordinal);
    }

    // The sign-in link leads back to where one was, and what Blazor keeps for circuits is encrypted again each time.
    private static async Task<string> WithoutAddressAsync(HttpResponseMessage answer)
    {
        var html = (await answer.Content.ReadAsStringAsync(Stop)).Replace(
            answer.RequestMessage!.RequestUri!.Segments[^1],
            "",
            StringComparison.Ordinal
        );
        return EncryptedState().Replace(html, "");
    }

    [GeneratedRegex("<!--Blazor-.*?-->", RegexOptions.Singleline, matchTimeoutMilliseconds: 1000)]
    private static partial Regex EncryptedState();
}
