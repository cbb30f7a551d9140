using Bunit;
using GoImg.Web.Ui;
using GoImg.Web.Ui.Forms;

namespace GoImg.Tests.Ui;

public sealed class ButtonTests : BunitContext
{
    [Fact]
    public void In_a_form_it_submits_and_what_it_does_not_know_goes_to_the_element()
    {
        var button = Render<Button>(p =>
                p.Add(b => b.Kind, ButtonKind.Primary)
                    .Add(b => b.Icon, "upload")
                    .AddUnmatched("name", "action")
                    .AddUnmatched("data-key", "u")
                    .AddChildContent("Upload")
            )
            .Find("button");

        Assert.Equal("submit", button.GetAttribute("type"));
        Assert.Equal("button button-primary", button.GetAttribute("class"));
        Assert.Equal(("action", "u"), (button.GetAttribute("name"), button.GetAttribute("data-key")));
        Assert.Equal("Upload", button.TextContent);
        Assert.NotNull(button.QuerySelector("svg[aria-hidden=true]"));
    }

    [Fact]
    public void With_something_to_call_it_submits_nothing()
    {
        var calls = 0;
        var button = Render<Button>(p => p.Add(b => b.OnClick, () => calls++)).Find("button");

        button.Click();

        Assert.Equal(1, calls);
        Assert.Equal("button", button.GetAttribute("type"));
    }

    [Fact]
    public void An_address_makes_it_a_link_that_leads_nowhere_while_it_is_disabled()
    {
        var link = Render<Button>(p => p.Add(b => b.Href, "/explore")).Find("a");
        var disabled = Render<Button>(p => p.Add(b => b.Href, "/explore").Add(b => b.Disabled, true)).Find("a");

        Assert.Equal("/explore", link.GetAttribute("href"));
        Assert.False(disabled.HasAttribute("href"));
        Assert.Equal("true", disabled.GetAttribute("aria-disabled"));
    }

    [Theory]
    [InlineData(null, null)]
    [InlineData(false, "false")]
    [InlineData(true, "true")]
    public void Only_one_that_stays_pressed_says_whether_it_is(bool? isPressed, string? said) =>
        Assert.Equal(said, Render<Button>(p => p.Add(b => b.IsPressed, isPressed)).Find("button").GetAttribute("aria-pressed"));

    [Fact]
    public void An_icon_alone_has_a_name()
    {
        var button = Render<IconButton>(p =>
                p.Add(b => b.Icon, "close").Add(b => b.Label, "Close").Add(b => b.IsSmall, true).AddUnmatched("data-select-none", "")
            )
            .Find("button");

        Assert.Equal("Close", button.GetAttribute("aria-label"));
        Assert.Equal("button button-quiet button-small button-icon", button.GetAttribute("class"));
        Assert.True(button.HasAttribute("data-select-none"));
    }

    [Fact]
    public void A_button_that_asks_for_files_is_the_label_of_its_input()
    {
        var label = Render<FileButton>(p =>
                p.Add(b => b.IsMany, true).Add(b => b.Accept, "image/*").AddUnmatched("data-pick", "").AddChildContent("Choose")
            )
            .Find("label.button");

        var input = label.QuerySelector("input[type=file]")!;
        Assert.True(input.HasAttribute("multiple") && input.HasAttribute("data-pick"));
        Assert.Equal("image/*", input.GetAttribute("accept"));
    }
}
