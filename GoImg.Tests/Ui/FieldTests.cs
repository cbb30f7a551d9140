using Bunit;
using GoImg.Core.Shared;
using GoImg.Web.Ui.Forms;

namespace GoImg.Tests.Ui;

public sealed class FieldTests : BunitContext
{
    [Fact]
    public void Label_control_hint_and_error_belong_together_for_those_who_cannot_see_them()
    {
        var field = Render<Field>(p =>
            p.Add(f => f.Label, "Title").Add(f => f.Name, "alt_text").Add(f => f.Value, "x").Add(f => f.Hint, "Short.").Add(f => f.Error, "Too long.")
        );

        var input = field.Find("input");
        Assert.Equal(input.Id, field.Find("label").GetAttribute("for"));
        Assert.Equal("true", input.GetAttribute("aria-invalid"));
        Assert.Equal(
            ["Too long.", "Short."],
            input.GetAttribute("aria-describedby")!.Split(' ').Select(id => field.Find("#" + id).TextContent.Trim())
        );
    }

    [Fact]
    public void A_field_without_hint_and_error_points_to_nothing()
    {
        var input = Render<Field>(p => p.Add(f => f.Label, "Title").Add(f => f.Name, "title")).Find("input");

        Assert.False(input.HasAttribute("aria-describedby"));
        Assert.False(input.HasAttribute("aria-invalid"));
    }

    [Fact]
    public void A_password_that_was_typed_is_not_sent_back()
    {
        var input = Render<Field>(p =>
                p.Add(f => f.Label, "Password").Add(f => f.Name, "password").Add(f => f.Type, "password").Add(f => f.Value, "secret")
            )
            .Find("input");

        Assert.False(input.HasAttribute("value"));
    }

    [Fact]
    public void Errors_at_the_top_lead_to_their_fields()
    {
        var error = new ValidationFailed([new("title", "Too long."), new("alt_text", "Too long as well.")]);

        var links = Render<FormErrors>(p => p.Add(e => e.Error, error)).FindAll("[role=alert] a").Select(a => a.GetAttribute("href"));

        Assert.Equal(["/#" + Field.IdOf("title"), "/#" + Field.IdOf("alt_text")], links);
    }
}
