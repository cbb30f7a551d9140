using System.Text.RegularExpressions;
using GoImg.Core.Images;
using GoImg.Tests.Harness;
using GoImg.Tests.Integrity;

namespace GoImg.Tests.Images;

/// <summary>A rendition's address names its render: a new one is seen at once, and the old is kept by no mistake.</summary>
public sealed partial class VersionedRenditionTests
{
    private const string Year = "public, max-age=31536000, s-maxage=300, immutable";
    private const string Day = "public, max-age=86400, s-maxage=300";

    [Fact]
    public async Task After_another_render_the_page_has_another_address_which_is_served_and_the_old_one_still_works()
    {
        await using var app = await GoImgApp.StartAsync(GoImgApp.NoJobs);
        var ana = await app.SignUpAsync("ana");
        var image = await app.ReadyImageAsync(ana, 1, Visibility.Public);
        var before = await AddressAsync(app, image.Slug);

        await app.ExecuteSqlAsync("UPDATE images SET recipe = ''");
        await app.RefreshAllAsync();
        var after = await AddressAsync(app, image.Slug);

        Assert.NotEqual(before, after);
        Assert.Equal((HttpStatusCode.OK, Year), await AskAsync(app, after));
        Assert.Equal((HttpStatusCode.OK, Day), await AskAsync(app, before));
        Assert.Equal((HttpStatusCode.OK, Day), await AskAsync(app, after.Split('?')[0]));
    }

    [Fact]
    public async Task What_not_everyone_may_see_is_kept_nowhere_whatever_its_address_names()
    {
        await using var app = await GoImgApp.StartAsync(GoImgApp.NoJobs);
        var ana = await app.SignUpAsync("ana");
        var image = await app.ReadyImageAsync(ana, 1, Visibility.Unlisted);

        Assert.Equal((HttpStatusCode.OK, "private, no-store"), await AskAsync(app, await AddressAsync(app, image.Slug)));
    }

    private static async Task<string> AddressAsync(GoImgApp app, string slug)
    {
        var page = await app.Anonymous.GetStringAsync($"/i/{slug}", TestContext.Current.CancellationToken);
        return Large().Match(page).Groups[1].Value;
    }

    private static async Task<(HttpStatusCode Status, string? Caching)> AskAsync(GoImgApp app, string address)
    {
        using var answer = await app.Anonymous.GetAsync(address, TestContext.Current.CancellationToken);
        return (answer.StatusCode, answer.Headers.NonValidated["Cache-Control"].ToString());
    }

    [GeneratedRegex("<img src=\"(/i/[^\"/]+/large[^\"]*)\"", RegexOptions.NonBacktracking)]
    private static partial Regex Large();
}
