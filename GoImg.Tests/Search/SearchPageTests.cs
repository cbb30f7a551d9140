using GoImg.Core.Images;
using GoImg.Tests.Harness;

namespace GoImg.Tests.Search;

public sealed class SearchPageTests(SharedApp shared) : IClassFixture<SharedApp>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("%22%22%20-%20%26%20%7C%20!%20(", "Nothing to look for")]
    [InlineData("-fog", "Nothing to look for")]
    [InlineData("%EF%BF%BE", "What you can type")]
    [InlineData("%00%ED%A0%80", "What you can type")]
    [InlineData("after:yesterday", "is no date")]
    [InlineData("qqqq%20color:mauve", "is no color")]
    [InlineData("qqqqqq", "Nothing found")]
    [InlineData("qqqqqq&after=x&sort=odd&pages=x&exact=x", "That was all")]
    public async Task A_page_says_what_it_could_not_find_or_read(string typed, string said) =>
        Assert.Contains(said, await shared.App.Anonymous.GetStringAsync("/search?q=" + typed, Ct), StringComparison.Ordinal);

    [Fact]
    public async Task Each_filter_has_a_link_to_the_search_without_it()
    {
        var page = WebUtility.HtmlDecode(await shared.App.Anonymous.GetStringAsync("/search?q=qqqq+tag:sea+-by:ana&sort=newest", Ct));

        Assert.Contains("href=\"/search?q=qqqq%20-by%3Aana&sort=newest\" aria-label=\"Remove tag:sea\"", page, StringComparison.Ordinal);
        Assert.Contains("href=\"/search?q=qqqq%20tag%3Asea&sort=newest\" aria-label=\"Remove -by:ana\"", page, StringComparison.Ordinal);
        Assert.Contains("href=\"/search?q=qqqq&sort=newest\"", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_private_image_is_found_by_its_owner_moments_after_the_upload_and_by_no_one_else()
    {
        var (kim, other) = (await shared.SignUpAsync("kim"), await shared.SignUpAsync("lee"));
        var image = await kim.HasImageAsync(Visibility.Private);
        var search = $"/search?q=test+by:{kim.Username}";

        await Eventually.TrueAsync(async () => (await kim.Http.GetStringAsync(search, Ct)).Contains(image.Slug, StringComparison.Ordinal));

        Assert.Contains(image.Slug, await kim.Http.GetStringAsync("/library?q=test", Ct), StringComparison.Ordinal);
        Assert.DoesNotContain(image.Slug, await kim.Http.GetStringAsync("/library?q=other", Ct), StringComparison.Ordinal);
        Assert.DoesNotContain(image.Slug, await other.Http.GetStringAsync(search, Ct), StringComparison.Ordinal);
        Assert.DoesNotContain(image.Slug, await shared.App.Anonymous.GetStringAsync(search, Ct), StringComparison.Ordinal);
    }
}
