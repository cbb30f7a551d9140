using System.Globalization;
using GoImg.Core.Shared;

namespace GoImg.Tests.Shared;

public sealed class TextPatternTests : IDisposable
{
    private const string Images = "{0, plural, one {# image} other {# images}}";

    private readonly (CultureInfo Culture, CultureInfo Language) _before = (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture);

    public TextPatternTests() => Speak("en");

    public void Dispose() => (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture) = _before;

    [Theory]
    [InlineData(0, "0 images")]
    [InlineData(1, "1 image")]
    [InlineData(2, "2 images")]
    [InlineData(1_234_567, "1,234,567 images")]
    public void A_word_follows_its_number(int count, string text) => Assert.Equal(text, Images.With(count));

    [Fact]
    public void Numbers_are_written_as_the_language_does()
    {
        Speak("de");

        Assert.Equal("1.234.567 Bilder", "{0, plural, one {# Bild} other {# Bilder}}".With(1_234_567));
        Assert.Equal("12,5 von 3", "{0:0.0} von {1}".With(12.5, 3));
    }

    [Theory]
    [InlineData(0, "No one likes it.")]
    [InlineData(1, "Ada likes it.")]
    [InlineData(7, "Ada and 7 like it.")]
    public void A_form_may_name_its_exact_number_and_hold_places(int count, string text) =>
        Assert.Equal(text, "{0, plural, =0 {No one likes it.} one {{1} likes it.} other {{1} and # like it.}}".With(count, "Ada"));

    [Fact]
    public void What_is_put_in_is_not_read_as_a_pattern()
    {
        Assert.Equal("“{0} #” is 2 images", "“{1}” is {0, plural, one {# image} other {# images}}".With(2, "{0} #"));
        Assert.Equal("a #tag", "a #tag".With());
        Assert.Equal("there is no ", "there is no {0}".With((object?)null));
    }

    [Theory]
    [InlineData("{1}")]
    [InlineData("{name}")]
    [InlineData("{0")]
    [InlineData("{0, select, a {b}}")]
    [InlineData("{0, plural, few {x}}")]
    public void A_pattern_that_is_wrong_is_an_error_and_no_text(string pattern) => Assert.Throws<FormatException>(() => pattern.With(5));

    private static void Speak(string language) =>
        (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture) = (CultureInfo.GetCultureInfo(language), CultureInfo.GetCultureInfo(language));
}
