using GoImg.Web.Shell;

namespace GoImg.Tests.Shell;

public sealed class ReturnUrlTests
{
    [Theory]
    [InlineData("/library?a=1#b")]
    [InlineData("/")]
    public void A_path_of_this_site_is_kept(string url) => Assert.Equal(url, ReturnUrl.Local(url));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("//evil.example")]
    [InlineData("/\\evil.example")]
    [InlineData("/\t/evil.example")]
    [InlineData("https://evil.example")]
    [InlineData("javascript:alert(1)")]
    public void Anything_else_leads_home(string? url) => Assert.Equal("/", ReturnUrl.Local(url));
}
