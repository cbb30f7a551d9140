using GoImg.Core.Accounts;
using GoImg.Core.Images;
using GoImg.Core.Search;
using GoImg.Tests.Harness;

namespace GoImg.Tests.Search;

/// <summary>What is found by what is typed, in one gallery that no test changes.</summary>
public sealed class SearchWordTests(SearchWordTests.Shelf shelf) : IClassFixture<SearchWordTests.Shelf>
{
    [Theory]
    [InlineData("写真", "日本語の写真")]
    [InlineData("日本語", "日本語の写真")]
    [InlineData("本", "日本語の写真")]
    [InlineData("\"語の写\"", "日本語の写真")]
    [InlineData("ทะเล", "ภาพถ่ายทะเลสวย")]
    [InlineData("cafe", "Café au lait")]
    [InlineData("CAFÉ", "Café au lait")]
    [InlineData("mountain", "Seven Mountains")]
    [InlineData("mountains", "One mountain")]
    [InlineData("bergen", "Die Berge")]
    [InlineData("strasse", "Eine alte Straße")]
    [InlineData("\"north sea\"", "The wild North Sea")]
    [InlineData("\"the wild\"", "The wild North Sea")]
    [InlineData("img 1234", "IMG_1234.jpg")]
    [InlineData("1234.jpg", "IMG_1234.jpg")]
    [InlineData("北の国から tokyo", "Tokyo 北の国から")]
    [InlineData("lindqvist sheep", "Sheep")]
    [InlineData("\"mara lindqvist\" sheep", "Sheep")]
    [InlineData("mara sheep", "Sheep")]
    [InlineData("woolly", "Sheep")]
    [InlineData("sheep -goat", "Sheep")]
    [InlineData("sheep -\"a goat and\"", "Sheep")]
    [InlineData("tag:sheep", "Sheep")]
    [InlineData("tag:north-sea", "The wild North Sea")]
    [InlineData("by:mara sheep", "Sheep")]
    [InlineData("by:\"Mara  LINDQVIST\" woolly", "Sheep")]
    [InlineData("orientation:portrait", "A tower")]
    [InlineData("color:red", "Red door")]
    [InlineData("color:red color:green", "Red door")]
    [InlineData("camera:fuji", "Taken with care")]
    [InlineData("camera:\"fujifilm x-t5\"", "Taken with care")]
    [InlineData("lens:35mm", "Taken with care")]
    [InlineData("lens:xf35", "Taken with care")]
    [InlineData("after:2023-07-14 before:2023-07-15", "Taken with care")]
    [InlineData("before:2024", "Taken with care")]
    public async Task It_is_found(string typed, string title) => Assert.Contains(title, await shelf.World.TitlesAsync(typed));

    [Theory]
    [InlineData("本日", "日本語の写真")]
    [InlineData("\"sea north\"", "The wild North Sea")]
    [InlineData("north mountain", "The wild North Sea")]
    [InlineData("goats -sheep", "Sheep")]
    [InlineData("tag:wild", "The wild North Sea")]
    [InlineData("by:lindqvist", "Sheep")]
    [InlineData("orientation:portrait", "Sheep")]
    [InlineData("-orientation:landscape", "A tower")]
    [InlineData("color:blue door", "Red door")]
    [InlineData("camera:canon", "Taken with care")]
    [InlineData("before:2023-07-14", "Taken with care")]
    [InlineData("after:2023-07-15 care", "Taken with care")]
    [InlineData("hidden", "A hidden place")]
    [InlineData("by:mara hidden", "A hidden place")]
    public async Task It_is_not_found(string typed, string title) => Assert.DoesNotContain(title, await shelf.World.TitlesAsync(typed));

    [Theory]
    [InlineData("mountian", "mountain")]
    [InlineData("harbor", "harbour")]
    [InlineData("lihgthouses", "lighthouse")]
    [InlineData("shepe", "sheep")]
    [InlineData("harbour -mountian xmountain", "harbour -mountian mountain")]
    [InlineData("sheap tag:sheep", "sheep tag:sheep")]
    public async Task A_word_that_no_one_uses_is_read_as_one_that_is_used(string typed, string meant)
    {
        var found = await shelf.World.FindAsync(typed);

        Assert.Equal(
            meant,
            found.Corrected?.ToString() ?? found.Suggested?.ToString() ?? (typed.StartsWith("harbour", StringComparison.Ordinal) ? meant : null)
        );
        if (found.Corrected is not null)
            Assert.NotEmpty(found.Images);
        Assert.Null((await shelf.World.FindAsync(typed, isExact: true)).Corrected);
    }

    [Theory]
    [InlineData("sheep")]
    [InlineData("hiden")]
    [InlineData("zzzzzzzz")]
    [InlineData("-mountian")]
    [InlineData("写眞")]
    public async Task Nothing_is_put_in_the_place_of_words_in_use_nor_from_what_is_hidden(string typed)
    {
        var found = await shelf.World.FindAsync(typed);

        Assert.Equal((null, null), (found.Corrected, found.Suggested));
    }

    [Fact]
    public async Task The_title_ranks_before_tags_and_these_before_the_description() =>
        Assert.Equal(["Lighthouse", "By tag", "In words"], await shelf.World.TitlesAsync("lighthouse"));

    [Fact]
    public async Task Newest_first_is_the_order_of_upload() =>
        Assert.Equal(["In words", "By tag", "Lighthouse"], await shelf.World.TitlesAsync("lighthouse sort:newest"));

    [Theory]
    [InlineData("")]
    [InlineData("\"\" - & | ! ( ) * : <->")]
    [InlineData("-fog")]
    [InlineData("\uFFFE")]
    public async Task A_search_for_nothing_finds_nothing(string typed) => Assert.Empty((await shelf.World.FindAsync(typed)).Images);

    [Fact]
    public async Task No_text_is_a_fault()
    {
        string[] pieces =
        [
            "tag:",
            "by:",
            "camera:",
            "after:2023",
            "before:2024-02",
            "color:red",
            "sort:best",
            "orientation:square",
            "-",
            "\"",
            "“",
            ":",
            " ",
            " sea",
            "é",
            "北",
            "北海",
            "ก",
            "e\u0301",
            "\u200D",
            "\uFFFE",
            "\uD83D",
            "🌅",
            "'",
            "\\",
            "&",
            "|",
            "!",
            "(",
            ")",
            "*",
            "<->",
            "{0}",
            "}",
            "%",
            "\u0000",
            "ß",
            "\uFDFA",
            "1e5",
            "0x1F",
            "3.5",
            "\u0E31",
        ];
        var seed = new Seed("searches");
        for (var i = 0; i < 300 * Fuzz.Times; i++)
        {
            var typed = string.Concat(Enumerable.Range(0, seed.Next(1, 20)).Select(_ => pieces[seed.Next(0, pieces.Length)]));
            foreach (var scope in Enum.GetValues<SearchScope>())
                await shelf.World.FindAsync(typed, shelf.Mara, scope, after: seed.Next(0, 3) == 0 ? typed : null);
        }
    }

    public sealed class Shelf : IAsyncLifetime
    {
        internal SearchWorld World { get; private set; } = null!;

        internal Actor Mara { get; private set; } = null!;

        public async ValueTask InitializeAsync()
        {
            World = await SearchWorld.OpenAsync();
            (Mara, var ana) = (await World.MemberAsync("mara"), await World.MemberAsync("ana"));
            await World.Gallery.ChangeAsync(Mara, member => member.EditProfile("Mara Lindqvist", "", default));
            foreach (
                var title in new[]
                {
                    "日本語の写真",
                    "ภาพถ่ายทะเลสวย",
                    "Café au lait",
                    "Seven Mountains",
                    "One mountain",
                    "Mountain",
                    "Die Berge",
                    "Eine alte Straße",
                    "IMG_1234.jpg",
                    "Tokyo 北の国から",
                    "Boats in a harbour",
                }
            )
                await World.ImageAsync(ana, title);
            await World.ImageAsync(ana, "The wild North Sea", tags: "north-sea");
            await World.ImageAsync(Mara, "Sheep", "Woolly and round", "sheep");
            await World.ImageAsync(ana, "Both", "A goat and a sheep");
            await World.ImageAsync(Mara, "A hidden place", visibility: Visibility.Private);
            await World.ImageAsync(ana, "Lighthouse");
            await World.ImageAsync(ana, "By tag", tags: "lighthouse");
            await World.ImageAsync(ana, "In words", "A lighthouse");
            await World.ImageAsync(ana, "A tower");
            await World.ImageAsync(ana, "Red door");
            await World.ImageAsync(ana, "Taken with care");
            await World.SqlAsync("UPDATE images SET width_px = 200, height_px = 300 WHERE title = 'A tower'");
            await World.SqlAsync("UPDATE images SET dominant_color = '#cc2020' WHERE title = 'Red door'");
            await World.SqlAsync(
                "UPDATE images SET camera_make = 'FUJIFILM', camera_model = 'X-T5', lens = 'XF35mm F1.4 R', taken_at = '2023-07-14T12:00Z' WHERE title = 'Taken with care'"
            );
            await World.IndexAsync();
        }

        public ValueTask DisposeAsync() => World.DisposeAsync();
    }
}
