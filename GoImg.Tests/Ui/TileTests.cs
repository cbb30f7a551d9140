using Bunit;
using GoImg.Core.Rendering;
using GoImg.Web.Images;
using GoImg.Web.Ui;

namespace GoImg.Tests.Ui;

public sealed class TileTests : BunitContext
{
    private static readonly TileImage Image = new()
    {
        Href = "/i/abc?in=explore",
        Renditions = new ImageUrls(RenditionSet.Default).Renditions("abc"),
        Title = "Harbour",
        AltText = "Boats in fog",
        By = "Ana",
        Likes = 1,
        WidthPx = 3000,
        HeightPx = 2000,
        DominantColor = "#336699",
        Placeholder = [1, 2, 3],
    };

    [Fact]
    public void The_box_the_colour_and_the_placeholder_are_there_before_the_picture()
    {
        var tile = Render(Image).Find("li");

        Assert.Equal("--r:1.5;--c:#336699;--p:url(data:image/webp;base64,AQID)", tile.GetAttribute("style"));
    }

    [Fact]
    public void Each_rendition_is_offered_with_its_real_width()
    {
        var picture = Render(Image with { WidthPx = 2000, HeightPx = 3000 }).Find("img");

        Assert.Equal("/i/abc/thumb 107w, /i/abc/small 213w, /i/abc/medium 533w", picture.GetAttribute("srcset"));
    }

    [Theory]
    [InlineData(3000, 2000)]
    [InlineData(1920, 1080)]
    [InlineData(1080, 1920)]
    public void The_small_rendition_will_do_on_a_screen_of_one_dot_a_pixel_in_the_first_view_and_below(int width, int height)
    {
        foreach (var isEager in new[] { true, false })
        {
            var picture = Render<Tile>(p => p.Add(t => t.Image, Image with { WidthPx = width, HeightPx = height }).Add(t => t.IsEager, isEager))
                .Find("img");

            var wanted = int.Parse(picture.GetAttribute("sizes")!.Split(' ')[^1][..^2], System.Globalization.CultureInfo.InvariantCulture);
            Assert.InRange(
                wanted,
                1,
                int.Parse(picture.GetAttribute("srcset")!.Split("/small ")[1].Split('w')[0], System.Globalization.CultureInfo.InvariantCulture)
            );
        }
    }

    [Theory]
    [InlineData(10_000, 1000, 2.6)]
    [InlineData(1000, 10_000, 0.6)]
    [InlineData(0, 0, 1.5)]
    public void Slivers_and_ribbons_are_cropped_to_a_ratio_a_row_can_hold(int width, int height, double ratio) =>
        Assert.Equal(ratio, (Image with { WidthPx = width, HeightPx = height }).Ratio);

    [Fact]
    public void What_is_read_out_is_the_description_the_title_the_member_and_the_likes()
    {
        var link = Render(Image).Find("a");

        Assert.Equal("Boats in fog", link.QuerySelector("img")!.GetAttribute("alt"));
        foreach (var seen in link.QuerySelectorAll("[aria-hidden=true]"))
            seen.Remove();
        Assert.Equal("Harbour, by Ana, 1 like", string.Join(' ', link.TextContent.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)));
    }

    [Fact]
    public void A_covered_tile_has_no_address_of_a_rendition_in_it()
    {
        var tile = Render(Image with { IsCovered = true });

        Assert.Empty(tile.FindAll("img"));
        Assert.DoesNotContain("/i/abc/", tile.Markup, StringComparison.Ordinal);
        Assert.Contains("Sensitive", tile.Find("a").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void Only_the_first_view_is_fetched_at_once()
    {
        var images = Enumerable.Range(0, 10).Select(i => Image with { Href = "/i/" + i }).ToArray();

        var grid = Render<JustifiedGrid>(p => p.Add(g => g.Images, images).Add(g => g.Eager, 6).Add(g => g.NextUrl, "/explore?after=x"));

        Assert.Equal(4, grid.FindAll("img[fetchpriority=high]:not([loading])").Count);
        Assert.Equal(6, grid.FindAll("img:not([loading])").Count);
        Assert.Equal(4, grid.FindAll("img[loading=lazy]").Count);
        Assert.Equal("/explore?after=x", grid.Find("[data-pager=auto] a[rel=next]").GetAttribute("href"));
    }

    [Fact]
    public void The_last_page_has_no_way_on() => Assert.Empty(Render<Pager>().FindAll("a"));

    private IRenderedComponent<Tile> Render(TileImage image) => Render<Tile>(p => p.Add(t => t.Image, image));
}
