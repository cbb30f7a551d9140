using System.Globalization;
using GoImg.Core.Images;
using GoImg.Tests.Harness;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace GoImg.Tests.Localization;

/// <summary>In which language a request is answered, and how the answer says so.</summary>
public sealed class LanguageTests(LanguageTests.Site site) : IClassFixture<LanguageTests.Site>
{
    /// <summary>Offers languages that need no texts of their own: they have the English ones.</summary>
    public sealed class Site : IAsyncLifetime
    {
        public GoImgApp App { get; private set; } = null!;

        public async ValueTask InitializeAsync()
        {
            App = await GoImgApp.StartAsync();
            var options = App.Services.GetRequiredService<IOptions<RequestLocalizationOptions>>().Value;
            options.AddSupportedCultures("en", "de", "ar").AddSupportedUICultures("en", "de", "ar");
        }

        public ValueTask DisposeAsync() => App.DisposeAsync();
    }

    [Theory]
    [InlineData(null, null, "en")]
    [InlineData(null, "de", "de")]
    [InlineData(null, "de-AT, en;q=0.5", "de")]
    [InlineData(null, "tlh, de;q=0.9", "de")]
    [InlineData(null, "tlh", "en")]
    [InlineData("ar", "de", "ar")]
    [InlineData("tlh", "de", "de")]
    [InlineData("../../etc", null, "en")]
    public async Task A_reader_s_choice_goes_before_the_browser_s_and_that_before_the_site_s(string? cookie, string? asked, string spoken)
    {
        using var page = await GetAsync("/about", cookie, asked);

        Assert.Contains($"<html lang=\"{spoken}\"", await TextOf(page), StringComparison.Ordinal);
        Assert.Equal([spoken], page.Content.Headers.ContentLanguage);
        Assert.Contains("Accept-Language", page.Headers.Vary);
    }

    [Theory]
    [InlineData("ar", "rtl")]
    [InlineData("de", "ltr")]
    public async Task A_page_says_in_which_direction_it_is_read(string language, string direction)
    {
        using var page = await GetAsync("/about", language);
        Assert.Contains($"dir=\"{direction}\"", await TextOf(page), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Where_one_reads_to_the_left_the_key_to_the_left_leads_on()
    {
        var ana = await site.App.SignUpAsync("ana");
        var images = new[] { await ana.HasImageAsync(seed: 1), await ana.HasImageAsync(seed: 2) };
        using var page = await GetAsync($"/i/{images[1].Slug}", "ar");
        Assert.Matches("""rel="next"[^>]*data-key="ArrowLeft"[^>]*title="Next \(←\)""", WebUtility.HtmlDecode(await TextOf(page)));
    }

    [Fact]
    public async Task A_problem_says_its_language_and_pictures_have_none()
    {
        using var problem = await GetAsync("/api/v1/images/none", "de");
        Assert.Equal("application/problem+json", problem.Content.Headers.ContentType!.MediaType);
        Assert.Equal(["de"], problem.Content.Headers.ContentLanguage);
        Assert.Contains("Accept-Language", problem.Headers.Vary);

        var bob = await site.App.SignUpAsync("bob");
        var image = await bob.HasImageAsync(Visibility.Public);
        using var picture = await GetAsync($"/i/{image.Slug}/small", "de");
        Assert.Equal(HttpStatusCode.OK, picture.StatusCode);
        Assert.Empty(picture.Content.Headers.ContentLanguage);
        Assert.DoesNotContain("Accept-Language", picture.Headers.Vary);
    }

    [Fact]
    public async Task A_choice_is_kept_for_a_year_and_leads_back()
    {
        using var answer = await ChooseAsync(("language", "de"), ("returnUrl", "/about?x=1"));
        Assert.Equal("/about?x=1", answer.Headers.Location?.OriginalString);
        var cookie = Assert.Single(answer.Headers.GetValues("Set-Cookie"));
        Assert.StartsWith("language=de; ", cookie, StringComparison.Ordinal);
        Assert.Contains("max-age=31536000", cookie, StringComparison.Ordinal);
        Assert.Contains("httponly", cookie, StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData("")]
    [InlineData("tlh")]
    [InlineData("DE")]
    [InlineData("de\r\nx: y")]
    [InlineData("../de")]
    public async Task A_language_that_is_not_offered_is_not_kept(string language)
    {
        using var answer = await ChooseAsync(("language", language), ("returnUrl", "https://elsewhere.example/"));
        Assert.Equal(HttpStatusCode.Found, answer.StatusCode);
        Assert.Equal("/", answer.Headers.Location?.OriginalString);
        Assert.False(answer.Headers.Contains("Set-Cookie"));
    }

    [Fact]
    public async Task A_choice_without_its_field_changes_nothing()
    {
        using var empty = await ChooseAsync();
        Assert.Equal("/", empty.Headers.Location?.OriginalString);
        Assert.False(empty.Headers.Contains("Set-Cookie"));
    }

    [Fact]
    public async Task Each_language_is_offered_in_its_own_words()
    {
        using var page = await GetAsync("/about", "de");
        var text = WebUtility.HtmlDecode(await TextOf(page));
        foreach (var language in (string[])["en", "de", "ar"])
            Assert.Contains(CultureInfo.GetCultureInfo(language).NativeName, text, StringComparison.Ordinal);
        Assert.Matches("""<button(?=[^>]*value="de")[^>]*aria-pressed="true""", text);
    }

    private static Task<string> TextOf(HttpResponseMessage page) => page.Content.ReadAsStringAsync(Stop);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private async Task<HttpResponseMessage> GetAsync(string path, string? cookie = null, string? asked = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        if (cookie is not null)
            request.Headers.Add("Cookie", $"language={cookie}");
        if (asked is not null)
            request.Headers.Add("Accept-Language", asked);
        using var reader = site.App.NewClient();
        return await reader.SendAsync(request, Stop);
    }

    private async Task<HttpResponseMessage> ChooseAsync(params (string Key, string Value)[] fields)
    {
        using var reader = site.App.NewClient();
        return await reader.PostAsync(
            "/language",
            new FormUrlEncodedContent(fields.Select(field => KeyValuePair.Create(field.Key, field.Value))),
            Stop
        );
    }
}
