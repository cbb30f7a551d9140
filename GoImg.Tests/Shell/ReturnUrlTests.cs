using GoImg.Web.Shell;

namespace GoImg.Tests.Shell;

public sealed class ReturnUrlTests
{
    [Theory]
    [InlineData("/")]
    [InlineData("/account")]
    [InlineData("/search?q=a//b&x=%5C")]
    [InlineData("/i/abc#comments")]
    [InlineData("/u/ana?after=abc%3D")]
    public void A_path_of_this_site_is_kept(string url) => Assert.Equal(url, ReturnUrl.Local(url));

    [Theory]
    [InlineData("/t/猫", "/t/%E7%8C%AB")]
    [InlineData("/search?q=Müller&x=%C3%BC", "/search?q=M%C3%BCller&x=%C3%BC")]
    public void Letters_beyond_ASCII_are_encoded_for_the_header(string url, string encoded) => Assert.Equal(encoded, ReturnUrl.Local(url));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("account")]
    [InlineData("//evil.example")]
    [InlineData("///evil.example")]
    [InlineData("/\\evil.example")]
    [InlineData("\\\\evil.example")]
    [InlineData("\\/evil.example")]
    [InlineData("/%2fevil.example")]
    [InlineData("/%2Fevil.example")]
    [InlineData("/%252fevil.example")]
    [InlineData("/%5cevil.example")]
    [InlineData("/%5C%5Cevil.example")]
    [InlineData("/\tevil.example")]
    [InlineData("/\t/evil.example")]
    [InlineData("\t//evil.example")]
    [InlineData("/\n/evil.example")]
    [InlineData("/%09/evil.example")]
    [InlineData("/%0d%0aSet-Cookie:a=b")]
    [InlineData(" //evil.example")]
    [InlineData("http://evil.example")]
    [InlineData("https:evil.example")]
    [InlineData("HTTP://evil.example/")]
    [InlineData("javascript:alert(1)")]
    [InlineData("JaVaScRiPt:alert(1)")]
    [InlineData("java\tscript:alert(1)")]
    [InlineData("data:text/html,x")]
    [InlineData("@evil.example")]
    [InlineData("user@evil.example/")]
    [InlineData("http://localhost@evil.example/")]
    [InlineData("//localhost@evil.example/")]
    [InlineData("/a\\..\\..//evil.example")]
    public void Anything_that_could_lead_elsewhere_becomes_the_start_page(string? url) => Assert.Equal("/", ReturnUrl.Local(url));
}
