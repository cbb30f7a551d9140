using GoImg.Core.Accounts;
using GoImg.Core.Images;
using GoImg.Core.Search;
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
    [InlineData("a\uFFFEb\uFDD0c\U0001FFFFd", "abcd")]
    [InlineData("half \uD800 pair", "half pair")]
    [InlineData("soft\u00ADhyphen\u2060\u180E", "softhyphen")]
    [InlineData("می\u200Cخواهم", "می\u200Cخواهم")]
    [InlineData("👩\u200D👧", "👩\u200D👧")]
    [InlineData(null, "")]
    public void A_line_is_folded_and_holds_nothing_that_deceives(string? typed, string line) => Assert.Equal(line, Text.Line(typed));

    [Theory]
    [InlineData("می\u200Cخواهم", "می\u200Cخواهم")]
    [InlineData("क्\u200Dष", "क्\u200Dष")]
    [InlineData("İstanbul", "istanbul")]
    [InlineData("猫", "猫")]
    [InlineData("あ", "あ")]
    [InlineData("한", "한")]
    [InlineData("CO2", "co2")]
    public void A_tag_is_a_word_of_any_script(string typed, string tag) => Assert.Equal(tag, Tag.Parse(typed).Value);

    [Theory]
    [InlineData("a")]
    [InlineData("ж")]
    [InlineData("ab\u200Dcd")]
    [InlineData("می\u200C\u200Cخواهم")]
    [InlineData("خواهم\u200C")]
    [InlineData("a b")]
    public void What_is_no_word_or_hides_something_is_no_tag(string typed) => Assert.False(Tag.Parse(typed).IsSuccess);

    [Fact]
    public void Any_code_point_can_be_typed_anywhere()
    {
        for (var value = 0; value <= 0xFFFF; value++)
            Type(((char)value).ToString());
        for (var plane = 1; plane <= 16; plane++)
        {
            Type(char.ConvertFromUtf32((plane << 16) | 0xFFFE));
            Type(char.ConvertFromUtf32((plane << 16) | 0xFFFF));
        }

        static void Type(string odd)
        {
            var text = "a" + odd + "b";
            _ = Text.Line(text);
            _ = Text.Paragraphs(text);
            _ = Tag.Parse(text);
            _ = FileName.ForDisplay(text);
            _ = PasswordRules.Normalize(text);
            _ = EmailAddress.Parse($"a{odd}@example.org");
            _ = SearchQuery.Parse(text);
        }
    }

    [Theory]
    [InlineData("a@b..c")]
    [InlineData("a..b@c.de")]
    [InlineData(".a@c.de")]
    [InlineData("a@c.de.")]
    [InlineData("a\u200B@c.de")]
    [InlineData("a\u0000@c.de")]
    [InlineData("a@c\uFFFE.de")]
    public void An_address_that_no_mail_reaches_or_that_hides_something_is_refused(string typed) => Assert.False(EmailAddress.Parse(typed).IsSuccess);

    [Fact]
    public void Paragraphs_keep_their_lines_and_at_most_one_empty_between() =>
        Assert.Equal("one\ntwo\n\nthree", Text.Paragraphs("  one \r\ntwo\n\n\n\nthree\n"));
}
