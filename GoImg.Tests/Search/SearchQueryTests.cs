using GoImg.Core.Search;
using GoImg.Tests.Harness;

namespace GoImg.Tests.Search;

public sealed class SearchQueryTests
{
    [Theory]
    [InlineData("sea birds", "sea birds")]
    [InlineData("  \"north sea\"   -fog ", "\"north sea\" -fog")]
    [InlineData("„Wilde See“ -\"low tide\"", "\"Wilde See\" -\"low tide\"")]
    [InlineData("tag:Sea TAG:#birds -tag:fog", "tag:sea tag:birds -tag:fog")]
    [InlineData("by:@Ana by:\"Mara Lindqvist\"", "by:ana by:\"mara lindqvist\"")]
    [InlineData("camera:\"X-T5\" lens:35mm", "camera:X-T5 lens:35mm")]
    [InlineData("after:2023 before:2023-7 after:2023-07-14", "after:2023 before:2023-7 after:2023-07-14")]
    [InlineData("orientation:Portrait color:Grey colour:teal", "orientation:portrait color:gray color:cyan")]
    [InlineData("http://example.org/a:b f/2.8 ratio:16:9", "http://example.org/a:b f/2.8 ratio:16:9")]
    [InlineData("\"never closed", "\"never closed\"")]
    public void Words_phrases_and_filters_are_taken_apart(string typed, string read)
    {
        var query = SearchQuery.Parse(typed);

        Assert.Equal(read, query.ToString());
        Assert.Empty(query.Problems);
        Assert.False(query.IsEmpty);
    }

    [Theory]
    [InlineData("after:yesterday", "yesterday")]
    [InlineData("before:2023-13", "2023-13")]
    [InlineData("after:2023-02-30", "2023-02-30")]
    [InlineData("after:14.07.2023", "14.07.2023")]
    [InlineData("orientation:diagonal", "diagonal")]
    [InlineData("color:beautiful", "beautiful")]
    [InlineData("sort:random", "random")]
    [InlineData("tag:a!b", "a!b")]
    [InlineData("tag:", "tag")]
    [InlineData("by:@", "by")]
    [InlineData("camera:\"\"", "camera")]
    public void What_can_not_be_read_is_explained_and_is_no_word(string typed, string named)
    {
        var query = SearchQuery.Parse("sea " + typed);

        Assert.Contains(named, Assert.Single(query.Problems), StringComparison.Ordinal);
        Assert.Equal("sea", query.ToString());
    }

    [Theory]
    [InlineData("")]
    [InlineData("\"\" - & | ! ( ) * : <->")]
    [InlineData("-fog -tag:rain")]
    [InlineData("tag: by:")]
    [InlineData("\uFFFE\uFFFF\u0000\uD800")]
    [InlineData("🌅")]
    public void What_asks_for_nothing_is_empty(string typed) => Assert.True(SearchQuery.Parse(typed).IsEmpty);

    [Theory]
    [InlineData("2023", 2023, 1, 1)]
    [InlineData("2023-07", 2023, 7, 1)]
    [InlineData("2023-07-14", 2023, 7, 14)]
    public void A_date_is_a_year_a_month_or_a_day(string typed, int year, int month, int day) =>
        Assert.Equal(new DateOnly(year, month, day), SearchQuery.Parse("after:" + typed).Filters.Single().Day);

    [Fact]
    public void A_range_of_days_is_made_of_the_largest_periods_that_fit()
    {
        Assert.Equal(
            ["d:2022-11-29", "d:2022-11-30", "m:2022-12", "y:2023", "m:2024-01", "d:2024-02-01"],
            CalendarPeriod.Between(new DateOnly(2022, 11, 29), new DateOnly(2024, 2, 2))
        );
        Assert.Empty(CalendarPeriod.Between(new DateOnly(2024, 1, 1), new DateOnly(2023, 1, 1)));
        Assert.Equal("y:2100", CalendarPeriod.Between(null, null)[^1]);
    }

    [Theory]
    [InlineData("日本語の写真", "日本 本語 語の の写 写真 真")]
    [InlineData("猫", "猫")]
    [InlineData("Tokyo写真 beach.jpg f/2.8", "tokyo 写真 真 beach jpg f 2 8")]
    [InlineData("ﾈｺ ＡＢＣ İstanbul", "ネコ コ abc istanbul")]
    [InlineData("mi\u200Ckhaham", "mikhaham")]
    public void Unspaced_scripts_are_indexed_by_pairs_of_letters(string text, string indexed) => Assert.Equal(indexed, SearchWords.Indexed(text));

    [Theory]
    [InlineData("#000000", "black")]
    [InlineData("#f5f5f5", "white")]
    [InlineData("#808080", "gray")]
    [InlineData("#cc2020", "red")]
    [InlineData("#e08020", "orange")]
    [InlineData("#6b4423", "brown")]
    [InlineData("#e0d030", "yellow")]
    [InlineData("#407040", "green")]
    [InlineData("#30a0a0", "cyan")]
    [InlineData("#336699", "blue")]
    [InlineData("#7040a0", "purple")]
    [InlineData("#e060b0", "pink")]
    [InlineData("", null)]
    public void A_color_has_the_name_people_give_it(string hex, string? name) => Assert.Equal(name, ColorName.Of(hex));

    [Theory]
    [InlineData("mountian", "mountain", 1)]
    [InlineData("mountian", "mountains", 2)]
    [InlineData("harbor", "harbour", 1)]
    [InlineData("kitten", "sitting", 3)]
    [InlineData("", "sea", 3)]
    public void Letters_that_are_swapped_are_one_error(string typed, string meant, int errors) =>
        Assert.Equal(errors, EditDistance.Between(typed, meant));

    [Fact]
    public void Any_text_is_a_query_and_what_it_says_reads_the_same_again()
    {
        string[] pieces =
        [
            "tag:",
            "by:",
            "camera:",
            "after:",
            "before:",
            "color:",
            "sort:",
            "orientation:",
            "-",
            "\"",
            "“",
            "»",
            ":",
            " ",
            "2023",
            "-07",
            "red",
            "best",
            "ana",
            "北",
            "ก",
            "é",
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
            "_",
        ];
        var seed = new Seed("search queries");
        for (var i = 0; i < 20_000 * Fuzz.Times; i++)
        {
            var typed = string.Concat(Enumerable.Range(0, seed.Next(0, 24)).Select(_ => pieces[seed.Next(0, pieces.Length)]));

            var query = SearchQuery.Parse(typed);

            var again = SearchQuery.Parse(query.ToString());
            Assert.True(query.Parts.SequenceEqual(again.Parts), $"{typed} → {query} → {again}");
        }
    }
}
