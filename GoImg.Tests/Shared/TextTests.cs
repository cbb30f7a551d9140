using GoImg.Core.Shared;
using GoImg.Core.Tags;

namespace GoImg.Tests.Shared;

public sealed class TextTests
{
    [Theory]
    [InlineData("", 0)]
    [InlineData("abc", 3)]
    [InlineData("e\u0301", 1)]
    [InlineData("👩‍👩‍👧", 1)]
    [InlineData("\U0001F3F4\U000E0067\U000E0062\U000E0065\U000E006E\U000E0067\U000E007F", 1)]
    public void A_character_is_what_a_reader_calls_one(string text, int length) => Assert.Equal(length, Text.Length(text));

    [Fact]
    public void Marks_without_end_are_not_one_character()
    {
        Assert.Equal(2, Text.Length("e" + new string('\u0301', 8)));
        Assert.Equal(12_501, Text.Length("e" + new string('\u0301', 100_000)));
        Assert.Equal("tags", Assert.IsType<ValidationFailed>(Tag.Parse("ab" + new string('\u0301', 1_000)).Error).Fields.Single().Field);
    }

    [Theory]
    [InlineData("  a \t b\r\nc ", "a b c")]
    [InlineData("safe\u202Egpj.exe", "safegpj.exe")]
    [InlineData("a\u0000b\uFEFF\u200Bc", "abc")]
    [InlineData("e\u0301", "\u00E9")]
    [InlineData(null, "")]
    public void A_line_is_folded_and_holds_nothing_that_deceives(string? typed, string line) => Assert.Equal(line, Text.Line(typed));

    [Fact]
    public void Paragraphs_keep_their_lines_and_at_most_one_empty_between() =>
        Assert.Equal("one\ntwo\n\nthree", Text.Paragraphs("  one \r\ntwo\n\n\n\nthree\n"));
}
