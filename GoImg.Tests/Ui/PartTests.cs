using Bunit;
using GoImg.Core.Shared;
using GoImg.Web.Ui;

namespace GoImg.Tests.Ui;

/// <summary>The small parts: cards, chips, badges, tabs, menus, progress, toasts, states.</summary>
public sealed class PartTests : BunitContext
{
    [Fact]
    public void A_card_is_the_element_it_is_asked_to_be()
    {
        var card = Render<Card>(p => p.Add(c => c.As, "section").Add(c => c.Class, "spread").AddUnmatched("id", "profile").AddChildContent("x"))
            .Find("section");

        Assert.Equal(("card spread", "profile"), (card.GetAttribute("class"), card.Id));
    }

    [Fact]
    public void A_chip_that_leads_somewhere_counts_what_is_there_and_says_whether_it_is_in_force()
    {
        var chip = Render<Chip>(p => p.Add(c => c.Href, "/t/sea").Add(c => c.Count, 1204).Add(c => c.IsCurrent, true).AddChildContent("sea"))
            .Find("a");

        Assert.Equal("sea 1,204", chip.TextContent);
        Assert.Equal("page", chip.GetAttribute("aria-current"));
    }

    [Fact]
    public void A_chip_that_can_be_taken_away_has_a_button_that_says_so()
    {
        var isGone = false;
        var chip = Render<Chip>(p => p.Add(c => c.OnRemove, () => isGone = true).Add(c => c.RemoveLabel, "Remove sea").AddChildContent("sea"));

        chip.Find("button[aria-label='Remove sea']").Click();

        Assert.True(isGone);
    }

    [Theory]
    [InlineData("plain", "badge")]
    [InlineData("danger", "badge badge-danger")]
    public void A_badge_says_its_state_in_words(string kind, string classes)
    {
        var badge = Render<Badge>(p => p.Add(b => b.Kind, kind).Add(b => b.Icon, "lock").AddChildContent("Only you")).Find("span");

        Assert.Equal(classes, badge.GetAttribute("class")!.Trim());
        Assert.Equal("Only you", badge.TextContent);
    }

    [Fact]
    public void Tabs_are_links_of_which_one_is_here_and_none_waits_unseen()
    {
        var tabs = Render<Tabs>(p =>
            p.Add(t => t.Label, "Moderation")
                .AddChildContent<Tab>(t =>
                    t.Add(x => x.Href, "/moderation").Add(x => x.IsCurrent, true).Add(x => x.Count, 3).AddChildContent("Reports")
                )
                .AddChildContent<Tab>(t => t.Add(x => x.Href, "/moderation/members").Add(x => x.Count, 0).AddChildContent("Members"))
        );

        Assert.Equal("Moderation", tabs.Find("nav").GetAttribute("aria-label"));
        Assert.Equal(["Reports 3", "Members"], tabs.FindAll("a").Select(a => a.TextContent.Trim()));
        Assert.Equal("Reports 3", tabs.Find("a[aria-current=page]").TextContent.Trim());
    }

    [Fact]
    public void A_menu_opens_without_script_and_has_a_name_when_its_button_is_an_icon()
    {
        var menu = Render<Menu>(p =>
            p.Add(m => m.Label, "More")
                .Add(m => m.Icon, "more")
                .Add(m => m.IsIconOnly, true)
                .AddChildContent<MenuItem>(i => i.Add(x => x.Href, "/report").Add(x => x.Icon, "flag").AddChildContent("Report"))
                .AddChildContent<MenuItem>(i => i.AddUnmatched("formaction", "/trash").AddChildContent("Move to trash"))
        );

        Assert.Equal("More", menu.Find("details > summary.button.button-icon").GetAttribute("aria-label"));
        Assert.Equal("/report", menu.Find("details > .menu a").GetAttribute("href"));
        var button = menu.Find("details > .menu button");
        Assert.Equal(("submit", "/trash"), (button.GetAttribute("type"), button.GetAttribute("formaction")));
    }

    [Fact]
    public void The_menu_of_the_bar_is_a_popover_that_its_face_opens()
    {
        var menu = Render<Menu>(p =>
            p.Add(m => m.Label, "Your menu").Add(m => m.PopoverId, "mine").Add(m => m.Trigger, "<i>A</i>").AddChildContent("x")
        );

        var face = menu.Find("button:has(> i)");
        Assert.Equal(
            ("Your menu", "mine", "button"),
            (face.GetAttribute("aria-label"), face.GetAttribute("popovertarget"), face.GetAttribute("type"))
        );
        Assert.Equal("x", menu.Find("#mine[popover].menu").TextContent);
        Assert.Empty(menu.FindAll("details"));
    }

    [Fact]
    public void A_thing_to_do_in_an_island_s_menu_is_called_and_submits_nothing()
    {
        var calls = 0;
        var item = Render<MenuItem>(p => p.Add(i => i.OnClick, () => calls++)).Find("button");

        item.Click();

        Assert.Equal((1, "button"), (calls, item.GetAttribute("type")));
    }

    [Fact]
    public void Progress_says_how_far_it_is_and_nothing_where_no_one_knows()
    {
        var known = Render<Progress>(p => p.Add(x => x.Label, "Uploads").Add(x => x.Value, 140).Add(x => x.Text, "4 of 10"))
            .Find("[role=progressbar]");
        var unknown = Render<Progress>(p => p.Add(x => x.Label, "Uploads")).Find("[role=progressbar]");

        Assert.Equal("width:100%", known.QuerySelector("span")!.GetAttribute("style"));
        Assert.Equal("4 of 10", known.GetAttribute("aria-valuetext"));
        Assert.False(unknown.HasAttribute("aria-valuenow"));
        Assert.Contains("is-unknown", unknown.GetAttribute("class"), StringComparison.Ordinal);
    }

    [Fact]
    public void Progress_that_words_beside_it_say_is_not_read_out_again()
    {
        Assert.Equal("true", Render<Progress>(p => p.Add(x => x.Value, 40)).Find(".meter").GetAttribute("aria-hidden"));
        Assert.False(Render<Progress>(p => p.Add(x => x.Value, 40).Add(x => x.Label, "Uploads")).Find(".meter").HasAttribute("aria-hidden"));
    }

    [Fact]
    public void The_check_of_a_picture_says_which_one_and_posts_it()
    {
        var box = Render<TileCheck>(p => p.Add(c => c.Name, "ids").Add(c => c.Value, "7").Add(c => c.Label, "Select Harbour"))
            .Find("label.pick input[type=checkbox]");

        Assert.Equal(("ids", "7", "Select Harbour"), (box.GetAttribute("name"), box.GetAttribute("value"), box.GetAttribute("aria-label")));
    }

    [Fact]
    public void A_toast_is_announced_with_what_can_be_done_about_it()
    {
        var region = Render<ToastRegion>(p => p.Add(t => t.Text, "Moved to trash.").Add(t => t.Action, "<button>Undo</button>"));

        Assert.Equal("Moved to trash.", region.Find("[role=status] .toast p").TextContent);
        Assert.Equal("Undo", region.Find(".toast button").TextContent);
        Assert.Empty(Render<ToastRegion>().FindAll(".toast"));
    }

    [Fact]
    public void The_way_to_more_is_a_link_and_the_last_page_has_none()
    {
        Assert.Equal("/explore?after=x", Render<Pager>(p => p.Add(x => x.NextUrl, "/explore?after=x")).Find("nav a[rel=next]").GetAttribute("href"));
        Assert.Empty(Render<Pager>().FindAll("nav"));
    }

    [Fact]
    public void What_is_empty_says_what_would_be_there_and_what_failed_how_to_go_on()
    {
        var empty = Render<EmptyState>(p =>
            p.Add(e => e.Title, "No images yet").AddChildContent("They are listed here.").Add(e => e.Action, "<a href='/upload'>Upload</a>")
        );
        var failed = Render<FailedState>(p => p.Add(e => e.Error, new NotFound("list")).Add(e => e.RetryUrl, "/again"));

        Assert.Equal(
            ("No images yet", "They are listed here.", "/upload"),
            (empty.Find("h2").TextContent, empty.Find("p").TextContent, empty.Find("a").GetAttribute("href"))
        );
        Assert.Equal("/again", failed.Find("[role=alert] a").GetAttribute("href"));
    }

    [Fact]
    public void A_face_keeps_its_colour_and_is_not_read_out()
    {
        var id = new Guid("01890a5d-ac96-774b-bcce-b302099a8057");
        string Face(string name) => Render<Avatar>(p => p.Add(a => a.Name, name).Add(a => a.Id, id)).Find(".avatar[aria-hidden=true]").OuterHtml;

        Assert.Equal(Face("Ana"), Face("Ana"));
        Assert.Contains(">Z<", Face("@Zoë"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_dialog_is_named_by_its_headline_and_closes_without_script_of_ours()
    {
        var dialog = Render<Dialog>(p => p.Add(d => d.Id, "ask").Add(d => d.Title, "Delete it?").Add(d => d.Actions, "<button>Delete</button>"));

        Assert.Equal("Delete it?", dialog.Find("#" + dialog.Find("dialog").GetAttribute("aria-labelledby")).TextContent);
        Assert.Equal("ask", dialog.Find("button[command=close]").GetAttribute("commandfor"));
        Assert.Equal("Delete", dialog.Find(".form-actions button").TextContent);
    }
}
