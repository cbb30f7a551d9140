using GoImg.Core.Rendering;
using GoImg.Infrastructure.Configuration;
using GoImg.Infrastructure.Rendering;
using GoImg.Tests.Harness;
using Microsoft.Extensions.Configuration;

namespace GoImg.Tests.Rendering;

public sealed class RenditionSetTests
{
    [Theory]
    [InlineData("small", 6000, 4000, 320, 213)]
    [InlineData("xlarge", 6000, 4000, 2560, 1707)]
    [InlineData("xlarge", 4000, 6000, 1707, 2560)]
    [InlineData("xlarge", 2000, 1000, 2000, 1000)]
    [InlineData("small", 2600, 1000, 320, 123)]
    [InlineData("small", 8192, 439, 2297, 123)]
    [InlineData("medium", 8192, 439, 5742, 308)]
    [InlineData("xlarge", 8192, 439, 8192, 439)]
    [InlineData("small", 500, 8000, 123, 1969)]
    [InlineData("xlarge", 500, 8000, 500, 8000)]
    [InlineData("large", 1000, 16_384, 500, 8192)]
    [InlineData("thumbnail", 1, 3000, 1, 3000)]
    public void The_longest_side_counts_and_of_long_shapes_the_short_one(string name, int width, int height, int wantedWidth, int wantedHeight) =>
        Assert.Equal((wantedWidth, wantedHeight), RenditionSet.Default.Find(name)!.SizeOf(width, height));

    [Fact]
    public void For_a_size_that_is_not_stored_the_next_smaller_one_is_served()
    {
        var set = RenditionSet.Default;

        Assert.Equal(set.Medium, set.Served(set.XLarge, rendition => rendition.MaxSidePx <= 800));
        Assert.Equal(set.Small, set.Served(set.Small, _ => true));
        Assert.Null(set.Served(set.Small, rendition => rendition == set.Large));
    }

    [Fact]
    public void The_configuration_changes_sizes_and_adds_some()
    {
        var set = Read(("large", "2000"), ("poster", "4000")).RenditionSet;

        Assert.Equal(
            ["poster 4000", "xlarge 2560", "large 2000", "medium 800", "small 320", "thumbnail 160"],
            set.All.Select(r => $"{r.Name} {r.MaxSidePx}")
        );
        Assert.NotEqual(new RenderOptions().Recipe(), Read(("poster", "4000")).Recipe());
    }

    [Theory]
    [InlineData("large", "3000", "Rendering:Renditions:large must be smaller than Rendering:Renditions:xlarge.")]
    [InlineData("thumbnail", "5", "Rendering:Renditions:thumbnail")]
    [InlineData("xlarge", "9000", "Rendering:Renditions:xlarge")]
    [InlineData("xlarge", "big", "Rendering:Renditions:xlarge")]
    [InlineData("thumb", "200", "Rendering:Renditions:thumb")]
    [InlineData("full", "200", "Rendering:Renditions:full")]
    [InlineData("a|b", "200", "Rendering:Renditions:a|b")]
    public void What_can_not_be_stops_the_start_and_names_the_key(string name, string side, string said) =>
        Assert.Contains(said, Assert.Throws<BadSettingException>(() => Read((name, side))).Message, StringComparison.Ordinal);

    [Fact]
    public async Task A_picture_smaller_than_several_renditions_is_stored_once()
    {
        await using var renderer = new Renderer();

        await using var image = (await renderer.RenderAsync(Samples.Png(300, 200))).Value();

        Assert.Equal([("small", 300, 200), ("thumbnail", 160, 107)], image.Files.Select(f => (f.Rendition.Name, f.WidthPx, f.HeightPx)));
    }

    [Fact]
    public async Task An_animation_too_large_for_the_largest_size_still_moves_in_the_others()
    {
        await using var renderer = new Renderer(new() { MaxAnimatedMegapixels = 6 });

        await using var image = (await renderer.RenderAsync(Samples.Gif(2000, 1000, frames: 4))).Value();

        Assert.Equal(["large", "medium", "small", "thumbnail"], image.Files.Select(f => f.Rendition.Name));
    }

    private static RenderOptions Read(params (string Name, string Side)[] sizes) =>
        new ConfigurationBuilder()
            .AddInMemoryCollection(sizes.Select(size => new KeyValuePair<string, string?>($"Rendering:Renditions:{size.Name}", size.Side)))
            .Build()
            .Read<RenderOptions>();
}
