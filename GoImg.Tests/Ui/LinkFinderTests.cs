using GoImg.Web.Ui;

namespace GoImg.Tests.Ui;

public sealed class LinkFinderTests
{
    [Theory]
    [InlineData("See https://example.org/a.", "https://example.org/a")]
    [InlineData("(https://example.org/a_(b))", "https://example.org/a_(b)")]
    [InlineData("HTTP://EXAMPLE.ORG!", "HTTP://EXAMPLE.ORG")]
    [InlineData("https://example.org/?q=1&r=2, and", "https://example.org/?q=1&r=2")]
    public void A_web_address_is_found_without_the_sentence_around_it(string text, string address) =>
        Assert.Equal(address, Assert.Single(LinkFinder.Split(text), piece => piece.Url is not null).Words);

    [Theory]
    [InlineData("javascript:alert(1)")]
    [InlineData("data:text/html,<script>")]
    [InlineData("https://")]
    [InlineData("https://user:password@example.org/")]
    [InlineData("xhttps://example.org")]
    [InlineData("example.org")]
    public void Nothing_else_becomes_a_link(string text) => Assert.DoesNotContain(LinkFinder.Split(text), piece => piece.Url is not null);

    [Theory]
    [InlineData("")]
    [InlineData("a https://b.example/ c\nhttps://d.example https://e.example.")]
    [InlineData("https://a.example/\"onmouseover=alert(1)")]
    public void No_word_is_lost(string text) => Assert.Equal(text, string.Concat(LinkFinder.Split(text).Select(piece => piece.Words)));

    [Fact]
    public void A_quotation_mark_ends_an_address()
    {
        var link = Assert.Single(LinkFinder.Split("https://a.example/\"onmouseover=\"alert(1)"), piece => piece.Url is not null);

        Assert.Equal("https://a.example/", link.Url);
    }
}
