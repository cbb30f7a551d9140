using System.Text.RegularExpressions;
using GoImg.Core.Images;
using GoImg.Tests.Harness;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace GoImg.Tests.Browser;

/// <summary>What the share panel gives to copy, on a page of another origin.</summary>
[Trait("Duration", "long")]
public sealed partial class EmbeddingTests(SharedApp shared) : IClassFixture<SharedApp>
{
    [Theory]
    [InlineData(Visibility.Public, true)]
    [InlineData(Visibility.Unlisted, true)]
    [InlineData(Visibility.Private, false)]
    public async Task Other_sites_show_what_anyone_may_see_and_never_a_private_image_not_even_to_its_owner(Visibility visibility, bool isShown)
    {
        var ana = await shared.SignUpAsync("ana");
        var image = await ana.HasImageAsync(visibility, 1, 1000, 600);
        // signed in here, and then on the other site with the same cookies
        await using var window = await Harness.Browser.OpenAsync(ana);
        await window.GoAsync($"/i/{image.Slug}");
        var given = new Dictionary<string, string>();
        foreach (var form in new[] { "large", "medium", "html", "markdown", "bbcode" })
            given[form] = await window.Find($"#share-{form}").InputValueAsync();
        await using var other = await OtherSiteAsync(
            $"""
            <!DOCTYPE html><title>Another site</title>
            <img id="large" src="{given["large"]}">
            <img id="medium" src="{given["medium"]}">
            <div id="html">{given["html"]}</div>
            <div id="markdown">{Markdown().Replace(given["markdown"], "<a href=\"$3\"><img alt=\"$1\" src=\"$2\"></a>")}</div>
            <div id="bbcode">{BBCode().Replace(given["bbcode"], "<a href=\"$1\"><img src=\"$2\"></a>")}</div>
            """
        );
        window.Expect("favicon");
        if (!isShown)
            window.Expect("Failed to load resource|ERR_BLOCKED_BY_RESPONSE");

        await window.GoAsync(other.Address);

        var widths = await window.Page.EvaluateAsync<int[]>("() => [...document.images].map(image => image.complete ? image.naturalWidth : -1)");
        Assert.Equal(isShown ? [1000, 800, 800, 800, 800] : [0, 0, 0, 0, 0], widths);
        foreach (var link in await window.Find("a").AllAsync())
            Assert.EndsWith($"/i/{image.Slug}", await link.GetAttributeAsync("href"), StringComparison.Ordinal);
    }

    private static async Task<OtherSite> OtherSiteAsync(string page)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        var site = builder.Build();
        site.Urls.Add("http://127.0.0.1:0");
        site.MapGet("/", () => Results.Content(page, "text/html; charset=utf-8"));
        await site.StartAsync(TestContext.Current.CancellationToken);
        return new(site, site.Urls.Single());
    }

    private sealed record OtherSite(WebApplication Site, string Address) : IAsyncDisposable
    {
        public ValueTask DisposeAsync() => Site.DisposeAsync();
    }

    [GeneratedRegex(@"\[!\[(.*?)\]\((.*?)\)\]\((.*?)\)", RegexOptions.None, 1000)]
    private static partial Regex Markdown();

    [GeneratedRegex(@"\[url=(.*?)\]\[img\](.*?)\[/img\]\[/url\]", RegexOptions.None, 1000)]
    private static partial Regex BBCode();
}
